import type { ErrorRequestHandler } from 'express';

/** An answer other than success: `message` is shown to the learner by the front end, so it says what to do. */
export class HttpError extends Error {
  readonly status: number;
  /** Jupyter's short machine-readable cause, for example `bad type`. */
  readonly reason: string | null;

  constructor(status: number, message: string, reason: string | null = null) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

interface BodyError {
  type: string;
  limit?: number;
}

/** Translates errors of the body parser, the router and the file system into the ones that Jupyter answers. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const { code, status, type, message } = error as NodeJS.ErrnoException & Partial<BodyError> & { status?: number };
  if (type === 'entity.too.large') {
    return new HttpError(413, `The request is larger than ${megabytes((error as BodyError).limit)}.`);
  }
  if (type === 'entity.parse.failed') return new HttpError(400, `The request is not valid JSON: ${message}`);
  if (code !== undefined && code in FILE_ERRORS) {
    const [fileStatus, words] = FILE_ERRORS[code]!;
    return new HttpError(fileStatus, words);
  }
  if (status !== undefined && status >= 400 && status < 500) return new HttpError(status, message);
  return new HttpError(500, `The server failed: ${message ?? String(error)}`);
}

const FILE_ERRORS: Record<string, [status: number, words: string]> = {
  ENOENT: [404, 'No such file or directory.'],
  ENOTDIR: [404, 'No such file or directory.'],
  EACCES: [403, 'Permission denied: the file system does not allow this.'],
  EPERM: [403, 'Permission denied: the file system does not allow this.'],
  EROFS: [403, 'The file system is read-only.'],
  EISDIR: [400, 'This is a directory, not a file.'],
  ENOTEMPTY: [400, 'The directory is not empty.'],
  ENAMETOOLONG: [400, 'The name is too long for the file system.'],
  ELOOP: [400, 'The symbolic links here form a circle.'],
  ENOSPC: [507, 'The disk is full: nothing was changed. Free some space and save again.'],
  EDQUOT: [507, 'The disk quota is used up: nothing was changed. Free some space and save again.'],
};

/** The last handler of the application: every error leaves as Jupyter's `{ message, reason }`. */
export function errorHandler(log: (line: string) => void): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const answer = asHttpError(error);
    if (answer.status >= 500) log(`${request.method} ${request.path}: ${answer.message}`);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(answer.status).json({ message: answer.message, reason: answer.reason });
  };
}

function megabytes(bytes = 0): string {
  return bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MB` : `${Math.round(bytes / 2 ** 10)} kB`;
}
