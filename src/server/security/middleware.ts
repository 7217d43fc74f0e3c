import type { RequestHandler } from 'express';
import { type Access, checkHost } from './access.ts';

/** Headers of every answer. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': "frame-ancestors 'self'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  next();
};

export function requireHost(ip: string): RequestHandler {
  return (request, _response, next) => {
    checkHost(request, ip);
    next();
  };
}

/** For the API: no answer without a credential, none is cached. */
export function requireAccess(access: Access): RequestHandler {
  return (request, response, next) => {
    access.check(request);
    response.set('Cache-Control', 'no-store');
    next();
  };
}
