"""The table of contents names views as text, so that they load when they are called: each is there."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import app


def test_every_route_has_its_view() -> None:
    tree = ast.parse(Path(app.__file__).read_text())
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and ast.unparse(one.func) == "answer"]
    assert len(calls) > 50
    for call in calls:
        route = call.args[0]
        assert isinstance(route, ast.Constant) and isinstance(route.value, str)
        module, _, name = route.value.partition(".")
        view = getattr(import_module(f"functions.{module}"), name)
        given: list[object] = [None] * len(call.args)
        inspect.signature(view).bind(*given)
