"""``python -m newscrawl`` is ``newscrawl``."""

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    # Worker processes import this module once more, and have no use for Scrapy.
    from newscrawl.cli import main

    main()


if __name__ == "__main__":
    main()
