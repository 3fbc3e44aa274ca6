import express, { Router } from 'express';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Differences, TokenList } from '../../shared/protocol/page.ts';
import { recoveryRoute } from '../../shared/protocol/recovery.ts';
import {
  type HostStatus,
  type LogPage,
  operatorRoutes,
  type Status,
  type TokenResponse,
  tokenRequestSchema,
} from '../../shared/protocol/status.ts';
import type { HostDetails } from '../../shared/protocol/stream.ts';
import type { Language } from '../../shared/text/local-text.ts';
import { issueToken } from '../enrolment/tokens.ts';
import { differences } from '../plan/differences.ts';
import type { Coordinator } from '../server/coordinator.ts';
import { supportBundle } from '../support/bundle.ts';
import { confirmRecovery } from '../upkeep/recovery.ts';
import { titled } from '../view/stream/row.ts';
import { languageOf } from './language.ts';
import { validate } from './validate.ts';

const after = z.coerce.number().int().nonnegative().default(0);
const tail = z.coerce.number().int().positive().max(5000).optional();
const shownEvents = 500;
/** How long a host may take to collect what a support bundle needs, in ms. */
const bundlePatienceMs = 25_000;

export interface Views {
  status: (language: Language) => Status;
  /** undefined: it is not planned. */
  host: (name: string, language: Language) => HostStatus | undefined;
  /** Lines of a host after a sequence number. */
  logs: (host: string, after: number) => LogPage;
  /** The newest lines of a host. */
  tail: (host: string, count: number) => LogPage;
}

/** What an operator may read: over the socket, and over HTTPS with a session. */
export function readRoutes({ store, plan }: Coordinator, { status, host, logs, tail: newest }: Views): Router {
  const router = Router();

  function notPlanned(name: string): MusterError {
    const known = plan().hosts.map((planned) => planned.name);
    return new MusterError('host-not-planned', `the plan has no host ${name}; it has ${known.join(', ')}`, {
      status: 404,
    });
  }

  router.get(operatorRoutes.status, (request, response) => {
    response.vary('Accept-Language').json(status(languageOf(request)));
  });
  router.get(`${operatorRoutes.hosts}/:name`, (request, response) => {
    const { name } = request.params;
    const found = host(name, languageOf(request));
    if (found === undefined) throw notPlanned(name);
    const details: HostDetails = { ...found, findings: titled(found.findings) };
    response.vary('Accept-Language').json(details);
  });
  router.get(`${operatorRoutes.hosts}/:name/logs`, (request, response) => {
    const { name } = request.params;
    if (!plan().hosts.some((planned) => planned.name === name)) throw notPlanned(name);
    const count = validate(tail, request.query.tail);
    response.json(count === undefined ? logs(name, validate(after, request.query.after)) : newest(name, count));
  });
  router.get(operatorRoutes.plan, (_request, response) => {
    response.json(plan());
  });
  router.get(`${operatorRoutes.plan}/differences`, (request, response) => {
    const language = languageOf(request);
    const found = differences(plan(), status(language)).map(({ host, subject, planned, actual }) => ({
      host,
      subject: subject[language],
      planned: planned[language],
      actual: actual[language],
    }));
    response.vary('Accept-Language').json({ differences: found } satisfies Differences);
  });
  router.get(operatorRoutes.tokens, (_request, response) => {
    const tokens = store.tokens.list().map(({ createdAt, expiresAt, uses, ...token }) => ({
      ...token,
      createdAt: new Date(createdAt).toISOString(),
      expiresAt: new Date(expiresAt).toISOString(),
      uses: uses.map(({ host, at }) => ({ host, at: new Date(at).toISOString() })),
    }));
    response.json({ tokens } satisfies TokenList);
  });
  return router;
}

export interface OperatorOptions {
  /** The line to paste that lets a host in with this token. */
  oneLiner: (token: string) => string;
}

/** What an operator may do: over the socket, and over HTTPS, as far as routes/page.ts allows it, with an operator's session. */
export function operatorOnlyRoutes(
  { store, plan, now, fence, planChanged, collections }: Coordinator,
  { oneLiner, views }: OperatorOptions & { views: Views },
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
  router.delete(`${operatorRoutes.tokens}/:id`, (request, response) => {
    const { id } = request.params;
    const found = store.transaction(() => {
      const revoked = store.tokens.revoke(id);
      const told = { en: `the enrolment token ${id} was revoked`, zh: `注册令牌 ${id} 已吊销` };
      if (revoked) store.events.add(now().getTime(), 'token-revoked', null, told);
      return revoked;
    });
    if (!found) throw new MusterError('token-unknown', `there is no token ${id}`, { status: 404 });
    response.status(204).end();
  });
  router.post(recoveryRoute, (_request, response) => {
    fence.refuse();
    const answer = confirmRecovery({ store, plan: plan(), now: now() });
    planChanged();
    response.status(201).json(answer);
  });
  router.post(`${operatorRoutes.hosts}/:name/support-bundle`, async (request, response) => {
    const { name } = request.params;
    const host = views.status('en').hosts.find((one) => one.name === name);
    if (host === undefined) throw new MusterError('host-not-planned', `the plan has no host ${name}`, { status: 404 });
    const collected = host.enrolledAt === null ? null : await collections.ask(name, bundlePatienceMs);
    const output = views.logs(name, 0).lines;
    const parts = { host, plan: plan(), events: store.events.newest(shownEvents), output, collected, now: now() };
    response.type('application/gzip').send(Buffer.from(await supportBundle(parts)));
  });
  return router;
}
