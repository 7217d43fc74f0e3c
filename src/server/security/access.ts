import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import { HttpError } from '../http/errors.ts';

/** How a request proved that it may come in. */
export type Credential = 'token' | 'cookie';

const XSRF_COOKIE = '_xsrf';

/**
 * Who may come in. The token opens the first page, which gets a cookie; from then on the browser shows the cookie. As a
 * browser shows it for any page that asks, requests with a cookie must also come from our own page: the same origin,
 * and for a change the `_xsrf` value that only our own page can read.
 */
export class Access {
  readonly token: string;
  readonly #cookieName: string;
  readonly #cookieValue: string;

  constructor(token: string, port: number) {
    this.token = token;
    // Cookies of one host are shared by all its ports, so the name tells servers apart.
    this.#cookieName = `learnable-lab-${port}`;
    this.#cookieValue = createHmac('sha256', token).update('cookie').digest('base64url');
  }

  /** What the request shows, if it is right. */
  credentialOf(request: IncomingMessage): Credential | undefined {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const header = /^(?:token|bearer)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const given = header ?? searchParams.get('token');
    if (given !== null && given !== undefined) return equal(given.trim(), this.token) ? 'token' : undefined;
    return equal(this.#cookies(request)[this.#cookieName], this.#cookieValue) ? 'cookie' : undefined;
  }

  /** @throws HttpError 403 unless the request may use the API. */
  check(request: IncomingMessage): void {
    const credential = this.credentialOf(request);
    if (credential === undefined) {
      throw new HttpError(403, 'Forbidden: open the address with the token that was printed when the lab started.');
    }
    checkOrigin(request);
    if (credential === 'token') return;
    const { upgrade, origin } = request.headers;
    if (upgrade !== undefined && origin === undefined) throw new HttpError(403, 'A WebSocket needs an Origin.');
    if (upgrade === undefined && !['GET', 'HEAD'].includes(request.method ?? '')) this.#checkXsrf(request);
  }

  /** The cookies that let the browser in, for the first page; an `_xsrf` that is there already stays. */
  cookiesFor(request: IncomingMessage): string[] {
    const cookies = [`${this.#cookieName}=${this.#cookieValue}; Path=/; HttpOnly; SameSite=Strict`];
    if (!this.#cookies(request)[XSRF_COOKIE]) {
      cookies.push(`${XSRF_COOKIE}=${randomBytes(16).toString('hex')}; Path=/; SameSite=Strict`);
    }
    return cookies;
  }

  #checkXsrf(request: IncomingMessage): void {
    const cookie = this.#cookies(request)[XSRF_COOKIE];
    const header = request.headers['x-xsrftoken'];
    if (!cookie || !equal(typeof header === 'string' ? header : undefined, cookie)) {
      throw new HttpError(403, "'_xsrf' is missing or does not match: reload the page.");
    }
  }

  #cookies(request: IncomingMessage): Record<string, string | undefined> {
    return parseCookie(request.headers.cookie ?? '');
  }
}

/** @throws HttpError 403 when a page of another origin asks. */
export function checkOrigin(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  if (origin !== undefined && hostOf(origin) !== host?.toLowerCase()) {
    throw new HttpError(403, `Pages of ${origin} may not use this server.`);
  }
  const site = request.headers['sec-fetch-site'];
  const isNavigation = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  if ((site === 'cross-site' || site === 'same-site') && !isNavigation) {
    throw new HttpError(403, 'Pages of another site may not use this server.');
  }
}

/**
 * A loopback server answers only to loopback names: a name that a foreign page points at this machine is refused.
 * @throws HttpError 403
 */
export function checkHost(request: IncomingMessage, ip: string): void {
  if (!isLoopback(ip)) return;
  const host = hostname(request.headers.host ?? '');
  if (!isLoopback(host)) throw new HttpError(403, `This server does not answer to the name ${host || '(none)'}.`);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function hostname(host: string): string {
  return /^\[([0-9a-f:]+)\](:\d+)?$/i.exec(host)?.[1] ?? host.replace(/:\d+$/, '').toLowerCase();
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined; // "null", the origin of a sandboxed frame
  }
}

/** Compares in a time that does not tell how much of it is right. */
function equal(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
