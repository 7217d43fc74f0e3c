/** A piece of a text, and where in a file it stands: at, length, the file's number, its place there. */
type Piece = [at: number, length: number, file: number, start: number];

export interface Joined {
  text: string;
  files: string[];
  pieces: Piece[];
}

/** A text that is put together from parts of files, and from what is written between them. */
export class JoinedText {
  #parts: string[] = [];
  #length = 0;
  #files = new Map<string, number>();
  #pieces: Piece[] = [];

  write(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  copy(file: string, text: string, start = 0, end = text.length): void {
    if (start >= end) return;
    const number = this.#files.get(file) ?? this.#files.size;
    this.#files.set(file, number);
    this.#pieces.push([this.#length, end - start, number, start]);
    this.write(text.slice(start, end));
  }

  /** All of it, behind a head. */
  joined(head = ''): Joined {
    const pieces = this.#pieces.map(([at, ...rest]): Piece => [at + head.length, ...rest]);
    return { text: head + this.#parts.join(''), files: [...this.#files.keys()], pieces };
  }
}

/** From which file the text at a position is, and where it stands there; what is written between leads to what follows. */
export function placeIn({ files, pieces }: Joined, position: number): { file: string; position: number } | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]![0] + pieces[middle]![1] <= position) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low]; // the first that ends behind it
  if (!piece) return undefined;
  return { file: files[piece[2]]!, position: piece[3] + Math.max(0, position - piece[0]) };
}
