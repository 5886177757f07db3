"""Reading other councils' directories: fetched with care, read by Open Referral UK, and shown as from elsewhere."""

from farthing.service.directory.feeds.reading import add_feed, due_feeds, feed_named, read_feed, take_turn

__all__ = ["add_feed", "due_feeds", "feed_named", "read_feed", "take_turn"]
