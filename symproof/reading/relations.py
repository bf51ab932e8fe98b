"""What relations, chains of them, memberships and connectives mean."""

from __future__ import annotations

from symproof.reading.binders import domain
from symproof.reading.elaborate import Elaborator, bare, kind_of, reads, unknown
from symproof.reading.tree import Node
from symproof.terms.build import num
from symproof.terms.tree import Term
from symproof.terms.types import Array, Domain, Prop, Scalar, Type

RELATION_OPS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

# --- statements -----------------------------------------------------------------------------------


@reads("chain")
def _chain(el: Elaborator, node: Node, want: Type | None) -> Term:
    ops, items = node.value, node.items
    values = [item for k, item in enumerate(items) if k == 0 or ops[k - 1] != "in"]
    if "in" in ops[:-1]:
        raise el.problem("syntax", "nothing can follow a membership in a chain", node)
    if ops[-1] == "in" and bare(items[-2]).kind == "tuple":
        return _edge(el, node)
    typed = el.several(values)
    links = []
    for k, op in enumerate(ops):
        here = Node("chain", None, (), items[k].start, items[k + 1].end)
        if op == "in":
            links.append(member(el, typed[k], items[k + 1], here))
            continue
        for item, term in ((items[k], typed[k]), (items[k + 1], typed[k + 1])):
            if isinstance(term.type, Prop | Domain):
                raise el.problem("statement", f"{kind_of(term)} cannot be compared", item)
        links.append(el.make(RELATION_OPS[op], typed[k], typed[k + 1], node=here))
    return links[0] if len(links) == 1 else el.make("and", *links, node=node)


def member(el: Elaborator, left: Term, domain_node: Node, node: Node) -> Term:
    """x in D; a set in braces is a list of the values."""
    if domain_node.kind == "set":
        found = [el.make("eq", left, el.value(item, left.type), node=node) for item in domain_node.items]
        return found[0] if len(found) == 1 else el.make("or", *found, node=node)
    return el.make("in", left, domain(el, domain_node), node=node)


def _edge(el: Elaborator, node: Node) -> Term:
    """(u, v) in E(G): the entry of the adjacency matrix is 1."""
    pair, where = bare(node.items[-2]), domain(el, node.items[-1])
    if len(node.items) != 2 or where.op != "edges" or len(pair.items) != 2:
        raise el.problem("type", "a pair is a member of E(G) only", node)
    matrix = el.make("adjacency", where.args[0], node=node)
    entry = el.make("index", matrix, *(el.value(item) for item in pair.items), node=node)
    return el.make("eq", entry, num(1), node=node)


@reads("and", "or", "not", "implies", "iff")
def _connective(el: Elaborator, node: Node, want: Type | None) -> Term:
    return el.make(node.kind, *(el.statement(item) for item in node.items), node=node)


@reads("solve")
def _solve(el: Elaborator, node: Node, want: Type | None) -> Term:
    names = tuple(word.text for word in node.value)
    for word in node.value:
        if not isinstance(el.types.get(word.text), Scalar | Array):
            here = Node("name", word.text, (), word.start, word.end)
            raise (
                unknown(el, here, word.text)
                if word.text not in el.types
                else el.problem("type", f"cannot solve for `{word.text}`", here)
            )
    return el.make("solve", el.statement(node.items[0]), data=(names,), node=node)
