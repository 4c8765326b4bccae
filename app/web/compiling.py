"""Templates as quicker Python: a page has hundreds of values, and what Jinja does around each adds up."""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class Compiler(CodeGenerator):
    """Jinja's code generator, with two shortcuts. (Its methods with `_output_` are there to be replaced, as Jinja's
    own native types do.)

    A value is written by `environment.written`, which escapes where there is something to escape, and makes no Markup
    of what is joined to a page anyway. An attribute is an attribute: one that is not there raises AttributeError, and
    an item of a mapping has to be asked for as such.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.written(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")
