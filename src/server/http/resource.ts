import express, { type Request, type RequestHandler, type Router } from 'express';
import { HttpError } from './errors.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Handlers = Partial<Record<(typeof METHODS)[number], RequestHandler | RequestHandler[]>>;

/** Adds one address with its methods; any other method is answered 405 with `Allow`. */
export function resource(router: Router, path: string | string[], handlers: Handlers): void {
  const route = router.route(path);
  const allowed: string[] = [];
  for (const method of METHODS) {
    const handler = handlers[method];
    if (handler === undefined) continue;
    route[method](...[handler].flat());
    allowed.push(method.toUpperCase());
    if (method === 'get') allowed.push('HEAD');
  }
  route.all((request, response) => {
    response.set('Allow', allowed.join(', '));
    throw new HttpError(405, `${request.method} is not possible here, only ${allowed.join(', ')}.`);
  });
}

/** Reads a JSON body of bounded size into `request.body`, whatever content type the client names. */
export function jsonBody(limit: string): RequestHandler {
  return express.json({ limit, strict: false, type: () => true });
}

/** A `{*name}` parameter of the address, decoded, as one path with `/` between its segments. */
export function wildcard(request: Request, name: string): string {
  const value = (request.params as Record<string, string | string[] | undefined>)[name];
  return Array.isArray(value) ? value.join('/') : (value ?? '');
}

/** A `:name` parameter of the address. */
export function parameter(request: Request, name: string): string {
  return wildcard(request, name);
}

/** The parsed body when it is an object, `{}` when there was none. */
export function objectBody(request: Request): Record<string, unknown> {
  const body: unknown = request.body;
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new HttpError(400, 'The request must be a JSON object.');
  }
  return body as Record<string, unknown>;
}

/** A field of the body that must be text when it is there. */
export function textField(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new HttpError(400, `"${name}" must be a string.`);
  return value;
}
