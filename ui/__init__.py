"""The app's pages. Each calls the other parts and shows what they say; none of them computes anything."""
