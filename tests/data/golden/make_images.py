"""Pictures in many formats with what Pillow decodes, and resizing by PyTorch and numpy.

usage: python3 make_images.py (needs Pillow, PyTorch and numpy)
"""
import base64
import io
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

here = Path(__file__).parent
rng = np.random.RandomState(2)


def smooth(height, width, channels):
    """A soft picture: random noise would show only how JPEG loses."""
    y, x = np.mgrid[0:height, 0:width]
    layers = [127 + 120 * np.sin(x / (5 + c) + c) * np.cos(y / (7 - c)) for c in range(channels)]
    return np.stack(layers, -1).clip(0, 255).astype(np.uint8)


def file(picture, kind, **options):
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def entry(data, mode=None):
    picture = Image.open(io.BytesIO(data))
    picture = picture.convert(mode) if mode else picture
    pixels = np.asarray(picture)
    return {
        "file": base64.b64encode(data).decode(),
        "shape": [*pixels.shape, 1][:3],
        "pixels": pixels.astype(int).reshape(-1).tolist(),
    }


def overlap(size, new):
    """Row i: which share of new pixel i each old pixel covers."""
    edges = np.linspace(0, size, new + 1)
    old = np.arange(size)
    return np.array(
        [(np.minimum(b, old + 1) - np.maximum(a, old)).clip(0) / (b - a) for a, b in zip(edges, edges[1:])]
    )


colour = smooth(13, 17, 3)
alpha = np.dstack([colour, smooth(13, 17, 1)])
grey = smooth(13, 17, 1)[:, :, 0]
few = Image.fromarray(colour).quantize(12)
see_through = few.copy()
see_through.info["transparency"] = bytes([0, 128] + [255] * 10)
deep = (smooth(13, 17, 1)[:, :, 0].astype(np.uint16) * 257) - 100
soft = smooth(32, 40, 3)
exif = Image.Exif()
png = {
    "rgb": entry(file(Image.fromarray(colour), "PNG")),
    "rgba": entry(file(Image.fromarray(alpha), "PNG")),
    "grey": entry(file(Image.fromarray(grey), "PNG")),
    "greyAlpha": entry(file(Image.fromarray(np.dstack([grey, grey[::-1]]), "LA"), "PNG")),
    "oneBit": entry(file(Image.fromarray(grey > 127), "PNG"), "L"),
    "palette": entry(file(few, "PNG"), "RGB"),
    "paletteFourBits": entry(file(few, "PNG", bits=4), "RGB"),
    "paletteAlpha": entry(file(few, "PNG", transparency=bytes([0, 128] + [255] * 10)), "RGBA"),
    "colourKey": entry(file(Image.fromarray(colour), "PNG", transparency=tuple(int(v) for v in colour[3, 4])), "RGBA"),
    "sixteenBits": entry(file(Image.fromarray(deep), "PNG")),
}
jpeg = {
    "baseline": entry(file(Image.fromarray(soft), "JPEG", quality=95, subsampling=0)),
    "progressive": entry(file(Image.fromarray(soft), "JPEG", quality=95, progressive=True)),
    "grey": entry(file(Image.fromarray(soft[:, :, 0]), "JPEG", quality=95), "RGB"),
}
turned = {}
for orientation in range(1, 9):
    exif[0x0112] = orientation
    turned[orientation] = base64.b64encode(
        file(Image.fromarray(soft[:16, :24]), "JPEG", quality=95, subsampling=0, exif=exif)
    ).decode()

tensor = torch.tensor(colour.transpose(2, 0, 1)[None]).double()
resized = {}
for height, width in [(26, 34), (6, 5), (20, 9), (13, 17), (1, 1)]:
    bilinear = torch.nn.functional.interpolate(tensor, (height, width), mode="bilinear", align_corners=False)
    rows, columns = overlap(13, height), overlap(17, width)
    area = np.einsum("hy,yxc,wx->hwc", rows, colour.astype(float), columns)
    resized[f"{height} {width}"] = {
        "bilinear": bilinear[0].numpy().transpose(1, 2, 0).reshape(-1).round(6).tolist(),
        "area": area.reshape(-1).round(6).tolist(),
    }
pooled = torch.nn.functional.adaptive_avg_pool2d(torch.tensor(soft.transpose(2, 0, 1)[None]).double(), (8, 10))
golden = {
    "png": png,
    "jpeg": jpeg,
    "turned": turned,
    "resized": resized,
    "pooled": pooled[0].numpy().transpose(1, 2, 0).reshape(-1).tolist(),
    "soft": soft.reshape(-1).tolist(),
    "rotated": np.rot90(colour, -1).reshape(-1).tolist(),
    "luma": np.asarray(Image.fromarray(colour).convert("L")).astype(int).reshape(-1).tolist(),
}
(here / "images.json").write_text(json.dumps(golden).replace('}, "', '},\n"') + "\n")
