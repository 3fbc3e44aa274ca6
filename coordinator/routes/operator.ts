import express, { Router } from 'express';
import { z } from 'zod';
import { MusterError } from '../../shared/errors.ts';
import type { Language } from '../../shared/local-text.ts';
import { recoveryRoute } from '../../shared/protocol/recovery.ts';
import type { LogPage, Status } from '../../shared/protocol/status.ts';
import {
  type LoginLink,
  operatorRoutes,
  type TokenResponse,
  tokenRequestSchema,
} from '../../shared/protocol/status.ts';
import type { Coordinator } from '../coordinator.ts';
import { confirmRecovery } from '../recovery.ts';
import { issueToken } from '../tokens.ts';
import { languageOf } from './language.ts';
import { validate } from './validate.ts';

const after = z.coerce.number().int().nonnegative().default(0);

export interface Views {
  status: (language: Language) => Status;
  /** Lines of a host after a sequence number. */
  logs: (host: string, after: number) => LogPage;
}

/** What an operator may read: over the socket, and over HTTPS with a session. */
export function readRoutes({ plan }: Coordinator, { status, logs }: Views): Router {
  const router = Router();
  router.get(operatorRoutes.status, (request, response) => {
    response.vary('Accept-Language').json(status(languageOf(request)));
  });
  router.get(`${operatorRoutes.hosts}/:name/logs`, (request, response) => {
    const { name } = request.params;
    const known = plan().hosts.map((host) => host.name);
    if (!known.includes(name)) {
      throw new MusterError('host-not-planned', `the plan has no host ${name}; it has ${known.join(', ')}`, {
        status: 404,
      });
    }
    response.json(logs(name, validate(after, request.query.after)));
  });
  return router;
}

export interface OperatorOptions {
  /** The line to paste that lets a host in with this token. */
  oneLiner: (token: string) => string;
  loginLink: () => LoginLink;
}

/** What only the socket's owner may do or see. */
export function operatorOnlyRoutes(
  { store, plan, now, fence, planChanged }: Coordinator,
  { oneLiner, loginLink }: OperatorOptions,
): Router {
  const router = Router();
  const body = express.json({ limit: '16kb', type: () => true });

  router.post(operatorRoutes.tokens, body, (request, response) => {
    fence.refuse();
    const wanted = validate(tokenRequestSchema, request.body);
    const { token, hosts, expiresAt } = issueToken({ store, plan: plan(), now: now() }, wanted);
    const answer: TokenResponse = { command: oneLiner(token), hosts, expiresAt: expiresAt.toISOString() };
    response.status(201).json(answer);
  });
  router.post(operatorRoutes.loginLinks, (_request, response) => {
    response.status(201).json(loginLink());
  });
  router.post(recoveryRoute, (_request, response) => {
    const answer = confirmRecovery({ store, plan: plan(), now: now() });
    planChanged();
    response.status(201).json(answer);
  });
  router.get(operatorRoutes.plan, (_request, response) => {
    response.json(plan());
  });
  return router;
}
