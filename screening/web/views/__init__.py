"""The pages: each view makes one domain call and shows what comes back."""
