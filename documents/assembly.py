"""Joins two tagged papers of ours so that the whole is still PDF/A-2a and PDF/UA-1.

The pages keep their bytes; what is merged is what speaks of them: structure, bookmarks, destinations, labels.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from documents import conformance
from documents.pdf import NotConformingError


def join(first: bytes, second: bytes, *, second_label: str = "") -> bytes:
    """The pages of the first file, then those of the second; title and dates are the first's.

    `second_label` begins the page labels of the second part. Raises NotConformingError.
    """
    import pikepdf  # noqa: PLC0415 -- workers only

    with pikepdf.open(io.BytesIO(first)) as whole, pikepdf.open(io.BytesIO(second)) as part:
        _must_be_tagged(whole, part)
        pages_before = len(whole.pages)
        offset = _next_parent_key(whole)
        mark = f"p{pages_before + 1}-"  # begins identifiers of the second part: no name stands for two things
        _mark_identifiers(part, mark)
        _renumber(part, offset)
        for page in part.pages:
            whole.pages.append(page)
        _merge_structure(whole, part, offset)
        _merge_destinations(whole, part, mark)
        _merge_outlines(whole, part)
        _label_pages(whole, pages_before, second_label)
        target = io.BytesIO()
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    content = target.getvalue()
    if problems := conformance.check(content):
        raise NotConformingError(problems)
    return content


def _must_be_tagged(*files: Any) -> None:
    for pdf in files:
        if "/StructTreeRoot" not in pdf.Root or "/ParentTree" not in pdf.Root.StructTreeRoot:
            raise ValueError("Only tagged files can be joined.")


# --- numbers that lead from content to structure -----------------------------------------------------------


def _number_tree(tree: Any) -> Iterator[tuple[int, Any]]:
    """Pairs of a number tree, however deep."""
    numbers = tree.get("/Nums")
    if numbers is not None:
        for position in range(0, len(numbers), 2):
            yield int(numbers[position]), numbers[position + 1]
    for child in tree.get("/Kids", []):
        yield from _number_tree(child)


def _next_parent_key(pdf: Any) -> int:
    return max((key for key, _value in _number_tree(pdf.Root.StructTreeRoot.ParentTree)), default=-1) + 1


def _renumber(pdf: Any, offset: int) -> None:
    """Shift every key into the parent tree: of pages, annotations and forms inside them."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        _shift(page.obj, "/StructParents", offset)
        for note in page.obj.get("/Annots", []):
            _shift(note, "/StructParent", offset)
        for name, form in page.obj.get("/Resources", {}).get("/XObject", {}).items():  # noqa: B007 -- pikepdf items
            if form.objgen not in seen:
                seen.add(form.objgen)
                _shift(form, "/StructParents", offset)
                _shift(form, "/StructParent", offset)


def _shift(holder: Any, key: str, offset: int) -> None:
    if key in holder:
        holder[key] = int(holder[key]) + offset


# --- structure ----------------------------------------------------------------------------------------------


def _elements(element: Any) -> Iterator[Any]:
    """The structure element and all below it, without recursion: a table may be deep and long."""
    import pikepdf  # noqa: PLC0415 -- workers only

    waiting = [element]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting.extend(found)
        elif isinstance(found, pikepdf.Dictionary):
            if "/S" in found:
                yield found
            if "/K" in found and "/Obj" not in found:
                waiting.append(found.K)


def _attributes(element: Any) -> Iterator[Any]:
    import pikepdf  # noqa: PLC0415 -- workers only

    attributes = element.get("/A")
    for owner in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(owner, pikepdf.Dictionary):
            yield owner


def _mark_identifiers(pdf: Any, mark: str) -> None:
    """Begin every element's /ID, and the header cells named by it, with the mark."""
    import pikepdf  # noqa: PLC0415 -- workers only

    touched: set[tuple[int, int]] = set()
    for element in _elements(pdf.Root.StructTreeRoot.K):
        if "/ID" in element:
            element.ID = pikepdf.String(mark + str(element.ID))
        for owner in _attributes(element):
            if "/Headers" in owner and (not owner.is_indirect or owner.objgen not in touched):
                owner.Headers = pikepdf.Array([pikepdf.String(mark + str(name)) for name in owner.Headers])
                touched.add(owner.objgen)


def _merge_structure(whole: Any, part: Any, offset: int) -> None:
    import pikepdf  # noqa: PLC0415 -- workers only

    root = whole.Root.StructTreeRoot
    # The pages are copied already, so that the elements' /Pg lead to the copies.
    other = whole.copy_foreign(part.Root.StructTreeRoot)
    pairs = [
        *_number_tree(root.ParentTree),
        *((key + offset, value) for key, value in _number_tree(other.ParentTree)),
    ]
    pairs.sort(key=lambda pair: pair[0])
    numbers = pikepdf.Array()
    for key, value in pairs:
        numbers.append(key)
        numbers.append(value)
    root.ParentTree = whole.make_indirect(pikepdf.Dictionary(Nums=numbers))
    root.ParentTreeNextKey = (pairs[-1][0] + 1) if pairs else 0

    top = _as_array(root.K)
    holder = top[0] if len(top) == 1 and str(top[0].get("/S")) == "/Document" else root
    children = _as_array(holder.get("/K"))
    for element in _as_array(other.K):
        element.P = holder
        if str(element.S) == "/Document":
            element.S = pikepdf.Name.Part
        if "/Lang" in part.Root and str(part.Root.Lang) != str(whole.Root.get("/Lang", "")):
            element.Lang = part.Root.Lang
        children.append(element)
    holder.K = children
    for name in ("/RoleMap", "/ClassMap"):
        if name in other:
            merged = root.get(name, pikepdf.Dictionary())
            for key, value in other[name].items():
                if key not in merged:
                    merged[key] = value
            root[name] = merged
    if "/IDTree" in root or "/IDTree" in other:
        root.IDTree = whole.make_indirect(_id_tree(root))


def _id_tree(root: Any) -> Any:
    import pikepdf  # noqa: PLC0415 -- workers only

    named = sorted(
        ((bytes(element.ID), element) for element in _elements(root.K) if "/ID" in element),
        key=lambda pair: pair[0],
    )
    names = pikepdf.Array()
    for name, element in named:
        names.append(pikepdf.String(name.decode("latin-1")))
        names.append(element)
    tree = pikepdf.Dictionary(Names=names)
    if named:
        tree.Limits = pikepdf.Array([names[0], names[len(names) - 2]])
    return pikepdf.Dictionary(Kids=pikepdf.Array([tree]))


def _as_array(value: Any) -> Any:
    import pikepdf  # noqa: PLC0415 -- workers only

    if value is None:
        return pikepdf.Array()
    return value if isinstance(value, pikepdf.Array) else pikepdf.Array([value])


# --- places one can go to -----------------------------------------------------------------------------------


def _merge_destinations(whole: Any, part: Any, mark: str) -> None:
    """Named places of the second file begin with the mark, in the tree of names and wherever they are named."""
    import pikepdf  # noqa: PLC0415 -- workers only

    if "/Dests" not in part.Root.get("/Names", {}):
        return
    tree = pikepdf.NameTree(part.Root.Names.Dests)
    old_names = list(tree)
    if "/Names" not in whole.Root:
        whole.Root.Names = pikepdf.Dictionary()
    if "/Dests" not in whole.Root.Names:
        whole.Root.Names.Dests = pikepdf.NameTree.new(whole).obj
    target = pikepdf.NameTree(whole.Root.Names.Dests)
    for name in old_names:
        target[mark + name] = whole.copy_foreign(part.make_indirect(tree[name]))
    for page in whole.pages[len(whole.pages) - len(part.pages) :]:
        for note in page.obj.get("/Annots", []):
            _rename_destination(note, set(old_names), mark)


def _rename_destination(holder: Any, names: set[str], mark: str) -> None:
    import pikepdf  # noqa: PLC0415 -- workers only

    action = holder.get("/A", {})
    for owner, key in ((holder, "/Dest"), (action, "/D")):
        if isinstance(owner.get(key), pikepdf.String) and str(owner[key]) in names:
            owner[key] = pikepdf.String(mark + str(owner[key]))


def _merge_outlines(whole: Any, part: Any) -> None:
    """Bookmarks of the second file follow those of the first."""
    if "/First" not in part.Root.get("/Outlines", {}):
        return
    other = whole.copy_foreign(part.Root.Outlines)
    if "/First" not in whole.Root.get("/Outlines", {}):
        whole.Root.Outlines = other
        return
    own = whole.Root.Outlines
    own.Last.Next, other.First.Prev = other.First, own.Last
    item = other.First
    while item is not None:
        item.Parent = own
        item = item.get("/Next")
    own.Last = other.Last
    own.Count = int(own.get("/Count", 0)) + int(other.get("/Count", 0))


def _label_pages(whole: Any, pages_before: int, label: str) -> None:
    import pikepdf  # noqa: PLC0415 -- workers only

    decimal = pikepdf.Dictionary(S=pikepdf.Name.D)
    second = pikepdf.Dictionary(S=pikepdf.Name.D)
    if label:
        second.P = pikepdf.String(label)
    whole.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, decimal, pages_before, second]))
