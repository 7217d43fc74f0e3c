import { escapeHtml } from '../display/html.ts';
import type { Bars, Cells, Line, Mark, PointShape, Points, Texts } from './chart.ts';
import type { Scale } from './svg.ts';
import { colourAt, textOn } from './theme.ts';

/** More points than this say nothing more in a picture of this size, and weigh. */
const MAX_POINTS = 1500;

export function drawMark(mark: Mark, x: Scale, y: Scale): string {
  switch (mark.kind) {
    case 'line':
      return drawLine(mark, x, y);
    case 'points':
      return drawPoints(mark, x, y);
    case 'bars':
      return drawBars(mark, x, y);
    case 'cells':
      return drawCells(mark, x, y);
    case 'texts':
      return drawTexts(mark, x, y);
  }
}

function drawLine(mark: Line, x: Scale, y: Scale): string {
  const step = Math.max(1, Math.ceil(mark.x.length / MAX_POINTS));
  let path = '';
  let pen = 'M';
  for (let i = 0; i < mark.x.length; i++) {
    if (i % step !== 0 && i !== mark.x.length - 1) continue;
    const [px, py] = [x.place(mark.x[i]!), y.place(mark.y[i]!)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${round(px)} ${round(py)}`;
    pen = 'L';
  }
  // A path of one point is drawn as a dot by its round ends.
  if (!path.includes('L')) path += 'h0';
  const dash = mark.dashed ? ' stroke-dasharray="7 5"' : '';
  const width = mark.muted ? 1 : path.endsWith('h0') ? 6 : 2.4;
  const pale = mark.muted ? ' stroke-opacity=".4"' : '';
  return `<path d="${path}" fill="none" stroke="${mark.colour}" stroke-width="${width}"${pale}${dash} stroke-linejoin="round" stroke-linecap="round"/>`;
}

function drawPoints(mark: Points, x: Scale, y: Scale): string {
  const step = Math.max(1, Math.ceil(mark.x.length / MAX_POINTS));
  let path = '';
  for (let i = 0; i < mark.x.length; i += step) {
    const [px, py] = [x.place(mark.x[i]!), y.place(mark.y[i]!)];
    if (Number.isFinite(px) && Number.isFinite(py)) path += symbolPath(mark.symbol, px, py, mark.size);
  }
  return styled(mark.symbol, path, mark.size, mark.colour, mark.opacity);
}

export function drawSymbol(
  symbol: PointShape,
  x: number,
  y: number,
  size: number,
  colour: string,
  opacity: number,
): string {
  return styled(symbol, symbolPath(symbol, x, y, size), size, colour, opacity);
}

/** One path for all points of a group. A circle is a line of no length with round ends: the shortest there is. */
function symbolPath(symbol: PointShape, x: number, y: number, size: number): string {
  const half = round(size / 2);
  switch (symbol) {
    case 'circle':
      return `M${round(x)} ${round(y)}h0`;
    case 'square':
      return `M${round(x - half * 0.9)} ${round(y - half * 0.9)}h${round(half * 1.8)}v${round(half * 1.8)}h${round(-half * 1.8)}z`;
    case 'diamond': {
      const reach = round(half * 1.25);
      return `M${round(x)} ${round(y - reach)}l${reach} ${reach} ${-reach} ${reach} ${-reach} ${-reach}z`;
    }
    case 'triangle':
      return `M${round(x)} ${round(y - half * 1.2)}l${round(half * 1.15)} ${round(half * 2)}h${round(-half * 2.3)}z`;
  }
}

function styled(symbol: PointShape, path: string, size: number, colour: string, opacity: number): string {
  return symbol === 'circle'
    ? `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${size}" stroke-linecap="round" opacity="${opacity}"/>`
    : `<path d="${path}" fill="${colour}" opacity="${opacity}"/>`;
}

function drawBars(mark: Bars, x: Scale, y: Scale): string {
  const base = y.place(0);
  const path = mark.x.map((middle, i) => {
    const [from, to] = [x.place(middle - mark.width / 2), x.place(middle + mark.width / 2)].sort((a, b) => a - b);
    const top = y.place(mark.y[i]!);
    if (!Number.isFinite(top)) return '';
    return `M${round(from! + 0.5)} ${round(base)}V${round(top)}H${round(to! - 0.5)}V${round(base)}z`;
  });
  return `<path d="${path.join('')}" fill="${mark.colour}" opacity="${mark.opacity}"/>`;
}

function drawTexts({ x: across, y: up, texts, size, colour = 'currentColor' }: Texts, x: Scale, y: Scale): string {
  const drawn = texts.map((text, i) => {
    const lines = text.split('\n');
    const left = round(x.place(across[i]!));
    const top = y.place(up[i]!) - ((lines.length - 1) / 2) * size * 1.25 + size * 0.35;
    const spans = lines.map(
      (line, row) => `<tspan x="${left}" y="${round(top + row * size * 1.25)}">${escapeHtml(line)}</tspan>`,
    );
    return `<text>${spans.join('')}</text>`;
  });
  return `<g text-anchor="middle" font-size="${size}" fill="${colour}">${drawn.join('')}</g>`;
}

function drawCells(mark: Cells, x: Scale, y: Scale): string {
  const halfX = mark.x.length > 1 ? (mark.x[1]! - mark.x[0]!) / 2 : 0.5;
  const halfY = mark.y.length > 1 ? (mark.y[1]! - mark.y[0]!) / 2 : 0.5;
  const side = (scale: Scale, middle: number, half: number, gap: number) => {
    const [a, b] = [scale.place(middle - half), scale.place(middle + half)].sort((p, q) => p - q);
    return { from: a! + gap / 2, size: Math.max(0.5, b! - a! - gap) };
  };
  const drawn = mark.values.flatMap((row, i) => {
    const { from: top, size: height } = side(y, mark.y[i]!, halfY, mark.gap.y);
    return runs(row).map(({ start, length, value }) => {
      const first = side(x, mark.x[start]!, halfX, mark.gap.x);
      const last = side(x, mark.x[start + length - 1]!, halfX, mark.gap.x);
      const width = round(last.from + last.size - first.from);
      const said = mark.notes?.[i]?.[start];
      const note = said ? `<title>${escapeHtml(said)}</title>` : '';
      const box = `x="${round(first.from)}" y="${round(top)}" width="${width}" height="${round(height)}"`;
      return `<rect ${box} fill="${colourAt(mark.scale, value)}">${note}</rect>`;
    });
  });
  const texts = (mark.texts ?? []).flatMap((row, i) =>
    row.map((text, j) => {
      const colour = textOn(colourAt(mark.scale, mark.values[i]![j]!));
      const fill = colour ?? 'currentColor';
      return `<text x="${round(x.place(mark.x[j]!))}" y="${round(y.place(mark.y[i]!) + 5)}" text-anchor="middle" font-size="15" font-weight="600" fill="${fill}">${escapeHtml(text)}</text>`;
    }),
  );
  // Cells with texts stay apart; others are joined where their values are the same.
  function runs(row: number[]): { start: number; length: number; value: number }[] {
    const found: { start: number; length: number; value: number }[] = [];
    row.forEach((value, start) => {
      const last = found.at(-1);
      if (last && !mark.texts && last.value === value) last.length++;
      else found.push({ start, length: 1, value });
    });
    return found;
  }
  return drawn.join('') + texts.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
