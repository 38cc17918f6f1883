"""A picture: every frame on a page; a JPEG keeps its bytes, the rest its pixels; what is transparent lies on white."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

from documents import conformance
from documents.converting.inside.pages import write_pages

A4 = (595.28, 841.89)
MOST_PIXELS = 100_000_000
MOST_FRAMES = 500
LOSSY = ("HEIF", "AVIF", "WEBP")  # their pixels are an approximation already: kept as JPEG
CAMERA, ORIENTATION, TAKEN, EXIF_PART = 0x010F, 0x0112, 0x9003, 0x8769


def print_picture(options: dict[str, Any]) -> dict[str, Any]:
    import pikepdf  # noqa: PLC0415 -- started for this
    from pi_heif import register_heif_opener  # noqa: PLC0415 -- started for this
    from PIL import Image, ImageSequence  # noqa: PLC0415 -- started for this

    register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # asked here, before a pixel is read
    content = Path(options["source"]).read_bytes()
    made = pikepdf.new()
    notes: list[Any] = []
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return _too_large(picture)
            frames = getattr(picture, "n_frames", 1)
            if picture.format == "TIFF" and frames > MOST_FRAMES:
                return {"reason": ["too_many_pages", {"count": frames}]}
            is_photo = CAMERA in picture.getexif()
            if _is_plain_jpeg(picture):
                dpi = _dpi(picture)
                picture.load()
                _add(made, content, picture.size, picture.mode, dpi, "/DCTDecode")
            elif picture.format == "TIFF":
                for frame in ImageSequence.Iterator(picture):
                    if frame.width * frame.height > MOST_PIXELS:
                        return _too_large(frame)
                    _add_frame(made, frame, "TIFF")
            else:
                if frames > 1:
                    notes.append(["first_frame", {"count": frames}])
                _add_frame(made, picture, picture.format or "")
    except MemoryError:
        raise
    except Exception:  # a decoder raises whatever a broken picture makes it raise
        return {"reason": ["broken_picture", {}]}
    printed = write_pages(made, Path("base.pdf").read_bytes())
    if problems := [one for one in conformance.check(printed, ["3b"]) if one.rule != "title"]:
        return {"unfit": "rules", "rule": str(problems[0])[:200]}
    Path(options["target"]).write_bytes(printed)
    silent = [] if is_photo else list(range(len(made.pages)))
    return {"is_printed": True, "pages": len(made.pages), "notes": notes, "silent": silent}


def print_pictures(options: dict[str, Any]) -> dict[str, Any]:
    """`sources`, JPEG pictures of pages made by a converter, as the pages they show."""
    import pikepdf  # noqa: PLC0415 -- started for this
    from PIL import Image  # noqa: PLC0415 -- started for this

    made = pikepdf.new()
    for name in options["sources"]:
        content = Path(name).read_bytes()
        with Image.open(io.BytesIO(content)) as picture:
            _add(made, content, picture.size, picture.mode, options["dpi"], "/DCTDecode")
    printed = write_pages(made, Path("base.pdf").read_bytes())
    if [one for one in conformance.check(printed, ["3b"]) if one.rule != "title"]:
        return {}
    Path(options["target"]).write_bytes(printed)
    return {"is_printed": True, "silent": list(range(len(made.pages)))}


def turn_photo(options: dict[str, Any]) -> dict[str, Any]:
    """The points and the colour profile as a JPEG, nothing else; its reader turns a HEIC upright."""
    from pi_heif import register_heif_opener  # noqa: PLC0415 -- started for this
    from PIL import Image  # noqa: PLC0415 -- started for this

    register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # asked here, before a pixel is read
    try:
        with Image.open(options["source"]) as picture:
            (width, height), taken = picture.size, picture.getexif().get_ifd(EXIF_PART).get(TAKEN, "")
            if width * height <= MOST_PIXELS:
                profile = picture.info.get("icc_profile")
                more = {"icc_profile": profile} if profile else {}
                picture.convert("RGB").save(options["target"], "JPEG", quality=92, **more)
    except MemoryError:
        raise
    except Exception:  # a decoder raises whatever a broken picture makes it raise
        return {"reason": ["broken_picture", {}]}
    return {"width": width, "height": height, "taken": str(taken)}


def _too_large(picture: Any) -> dict[str, Any]:
    return {"reason": ["picture_too_large", {"size": f"{picture.width} × {picture.height}"}]}


def _is_plain_jpeg(picture: Any) -> bool:
    return (
        picture.format == "JPEG"
        and picture.mode in ("RGB", "L")
        and picture.getexif().get(ORIENTATION, 1) == 1
    )


def _add_frame(made: Any, frame: Any, kind: str) -> None:
    from PIL import ImageOps  # noqa: PLC0415 -- started for this

    dpi = _dpi(frame)
    flat = _flat(ImageOps.exif_transpose(frame))
    if kind in LOSSY or (kind == "JPEG" and flat.mode == "RGB"):
        target = io.BytesIO()
        flat.save(target, "JPEG", quality=93)
        _add(made, target.getvalue(), flat.size, flat.mode, dpi, "/DCTDecode")
    else:
        _add(made, zlib.compress(flat.tobytes(), 6), flat.size, flat.mode, dpi, "/FlateDecode")


def _flat(frame: Any) -> Any:
    from PIL import Image  # noqa: PLC0415 -- started for this

    if frame.mode in ("1", "L"):
        return frame.convert("L")
    if frame.mode in ("RGBA", "LA", "PA", "P") or "transparency" in frame.info:
        whole = frame.convert("RGBA")
        white = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(white, whole).convert("RGB")
    if frame.mode.startswith("I"):  # sixteen bits of grey
        return (
            frame.point(lambda value: value / 256).convert("L")
            if frame.getextrema()[1] > 255
            else frame.convert("L")
        )
    return frame.convert("RGB")


def _dpi(frame: Any) -> float:
    try:
        dpi = float(frame.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0
    return dpi if 100 <= dpi <= 2400 else 0  # less is what a camera writes of itself


def _add(made: Any, data: bytes, size: tuple[int, int], mode: str, dpi: float, filter_: str) -> None:
    """A scan keeps its own measure up to A3; anything else fits an A4 sheet."""
    import pikepdf  # noqa: PLC0415 -- started for this

    width, height = size
    if dpi and min(size) / dpi * 72 >= 20 and max(size) / dpi * 72 <= 1200:
        page = drawn = (width / dpi * 72, height / dpi * 72)
    else:
        page = A4 if height >= width else A4[::-1]
        scale = min((page[0] - 56) / width, (page[1] - 56) / height, 0.75)
        drawn = (width * scale, height * scale)
    image = pikepdf.Stream(
        made,
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray if mode == "L" else pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Name(filter_),
    )
    left, bottom = (page[0] - drawn[0]) / 2, (page[1] - drawn[1]) / 2
    made.add_blank_page(page_size=page)
    sheet = made.pages[-1].obj
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=made.make_indirect(image)))
    sheet.Contents = made.make_stream(
        f"q {drawn[0]:.3f} 0 0 {drawn[1]:.3f} {left:.3f} {bottom:.3f} cm /Im Do Q".encode()
    )
