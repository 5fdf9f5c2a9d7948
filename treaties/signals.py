"""What the app of facts tells the rest of the project."""

from django.dispatch import Signal

# Sent after the commit of any change of facts, with `sources`: the slugs of the
# sources whose facts changed, in alphabetical order.
facts_changed = Signal()
