import { MusterError } from '../../shared/errors/errors.ts';
import { type TokenList, tokenListSchema } from '../../shared/protocol/page.ts';
import {
  operatorRoutes,
  type TokenResponse,
  tokenRequestSchema,
  tokenResponseSchema,
} from '../../shared/protocol/status.ts';
import { issueToken } from '../enrolment/tokens.ts';
import { endpoint } from './http/endpoint.ts';

const iso = (time: number): string => new Date(time).toISOString();

export const tokenEndpoints = [
  endpoint({
    id: 'createToken',
    method: 'post',
    path: operatorRoutes.tokens,
    access: 'session',
    needs: 'active',
    summary: 'Creates an enrolment token for one planned host, or for all planned workers.',
    body: tokenRequestSchema,
    answers: { 201: { description: 'The install command.', schema: tokenResponseSchema } },
    fenced: true,
    answer({ store, plan, now, oneLiner }, { body }): TokenResponse {
      const { token, hosts, expiresAt } = issueToken({ store, plan: plan(), now: now() }, body);
      return { command: oneLiner(token), hosts, expiresAt: expiresAt.toISOString() };
    },
  }),
  endpoint({
    id: 'listTokens',
    method: 'get',
    path: operatorRoutes.tokens,
    access: 'session',
    summary: 'Lists enrolment tokens without their secrets.',
    answers: { 200: { description: 'Newest first.', schema: tokenListSchema } },
    answer: ({ store }): TokenList => ({
      tokens: store.tokens.list().map(({ createdAt, expiresAt, uses, ...token }) => ({
        ...token,
        createdAt: iso(createdAt),
        expiresAt: iso(expiresAt),
        uses: uses.map(({ host, at }) => ({ host, at: iso(at) })),
      })),
    }),
  }),
  endpoint({
    id: 'revokeToken',
    method: 'delete',
    path: `${operatorRoutes.tokens}/:id`,
    access: 'session',
    needs: 'active',
    summary: 'Revokes an enrolment token.',
    answers: { 204: { description: 'Revoked.' } },
    answer({ store, now }, { param }) {
      const id = param('id');
      const found = store.transaction(() => {
        const revoked = store.tokens.revoke(id);
        const told = { en: `enrolment token ${id} revoked`, zh: `接入令牌 ${id} 已吊销` };
        if (revoked) store.events.add(now().getTime(), 'token-revoked', null, told);
        return revoked;
      });
      if (!found) throw new MusterError('token-id-unknown', { id });
    },
  }),
];
