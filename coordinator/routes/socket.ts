import express, { Router } from 'express';
import { z } from 'zod';
import { loginLinkRequestSchema, type PageRole, pageRoles, passwordRequestSchema } from '../../shared/protocol/page.ts';
import { type LoginLink, operatorRoutes } from '../../shared/protocol/status.ts';
import { validate } from './validate.ts';

export interface SocketOptions {
  loginLink: (role: PageRole) => LoginLink;
  /** null takes it away. */
  setPassword: (role: PageRole, password: string | null) => Promise<void>;
}

/** Who may look at the page: for the socket's owner alone to say. */
export function socketRoutes({ loginLink, setPassword }: SocketOptions): Router {
  const router = Router();
  const body = express.json({ limit: '16kb', type: () => true });
  const role = z.enum(pageRoles);

  router.post(operatorRoutes.loginLinks, body, (request, response) => {
    response.status(201).json(loginLink(validate(loginLinkRequestSchema, request.body ?? {}).role));
  });
  router.put(`${operatorRoutes.passwords}/:role`, body, async (request, response) => {
    const { password } = validate(passwordRequestSchema, request.body);
    await setPassword(validate(role, request.params.role), password);
    response.status(204).end();
  });
  router.delete(`${operatorRoutes.passwords}/:role`, async (request, response) => {
    await setPassword(validate(role, request.params.role), null);
    response.status(204).end();
  });
  return router;
}
