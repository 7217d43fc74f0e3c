/** What the contents API answers for a file, a notebook or a directory. */
export interface ContentsModel {
  name: string;
  path: string;
  type: ContentsType;
  created: string;
  last_modified: string;
  writable: boolean;
  size: number | null;
  content: unknown;
  format: 'text' | 'base64' | 'json' | null;
  mimetype: string | null;
  hash: string | null;
  hash_algorithm: 'sha256' | null;
  /** For a chunk of an upload: which one it was. */
  chunk?: number;
}

export type ContentsType = 'file' | 'notebook' | 'directory';

export interface GetOptions {
  /** With what the file holds, or only its description. */
  content: boolean;
  type?: string;
  format?: string;
  hash?: boolean;
}

/** The name that marks a notebook. */
export function isNotebookName(name: string): boolean {
  return name.toLowerCase().endsWith('.ipynb');
}
