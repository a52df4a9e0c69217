"""The registry of news outlets: TOML files by region, beside this file, and their loader."""

from newscrawl.outlets.registry import Outlet, Registry, load_registry

__all__ = ["Outlet", "Registry", "load_registry"]
