# One image for web, worker and beat; docker-compose.yml says which is which.
FROM python:3.12-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

RUN useradd --system --uid 10001 --home-dir /app msp \
    && mkdir var && chown msp var

# Before the code, so that a change of code does not install everything again.
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
# The key only lets settings be read while building; a container must bring its own.
RUN SECRET_KEY=only-while-building-this-image-0000 \
    python manage.py collectstatic --no-input && chown -R msp var

USER msp
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["gunicorn", "msp.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--timeout", "300"]
