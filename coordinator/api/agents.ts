import type { Response } from 'express';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { sentTargetSchema, targetSchema } from '../../shared/protocol/assignment.ts';
import { collectionLimits, collectionSchema } from '../../shared/protocol/collection.ts';
import { standingHeader } from '../../shared/protocol/coordinators.ts';
import { dutyResultSchema } from '../../shared/protocol/duty.ts';
import {
  credentialRequestSchema,
  joinCredentialSchema,
  joinRequestSchema,
  routes,
} from '../../shared/protocol/enrolment.ts';
import { longestPollSeconds } from '../../shared/protocol/polling.ts';
import { reportSchema } from '../../shared/protocol/report.ts';
import { revisionHeader } from '../../shared/protocol/revision.ts';
import { hostOf } from './http/auth.ts';
import { download } from './http/download.ts';
import { endpoint } from './http/endpoint.ts';

/** The long-poll's `wait` in seconds, parsed to milliseconds. */
const waitQuery = z.object({
  wait: z.coerce
    .number()
    .min(0)
    .default(0)
    .transform((seconds) => Math.min(seconds, longestPollSeconds) * 1000),
});

const targetQuery = waitQuery.extend({ shared: z.enum(['inline', 'reference']).default('inline') });

/** Long polls end up to this much earlier, at random, so that hosts woken together do not return together. */
const pollSpreadMs = 10_000;
const spread = (waitMs: number) => (waitMs > 2 * pollSpreadMs ? Math.random() * pollSpreadMs : 0);

/** A coordinator that is cut off answers after 3 to 8 s, so that agents soon ask the others for the active one. */
const cutOffWait = () => 3_000 + Math.random() * 5_000;

/** Fires when the client disconnects; has fired already if it did while the request waited for its turn. */
function gone(response: Response): AbortSignal {
  const controller = new AbortController();
  if (response.req.socket.destroyed) controller.abort();
  else response.once('close', () => controller.abort());
  return controller.signal;
}

function sendPieces(response: Response, pieces: readonly (string | Buffer)[]): void {
  response.setHeader(
    'Content-Length',
    pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0),
  );
  response.socket?.cork();
  for (const piece of pieces) response.write(piece);
  response.end();
  response.socket?.uncork();
}

const probation = {
  en: 'this host was just rebooted; waiting to rule out a cloned VM',
  zh: '该主机刚刚重启；正在等待以排除克隆的虚拟机',
};

/** Endpoints of enrolled agents, identified by their credential. All but reports are refused during a quarantine. */
export const agentEndpoints = [
  endpoint({
    id: 'sendReport',
    method: 'post',
    path: routes.reports,
    access: 'host-credential',
    needs: 'any',
    summary: 'Reports facts, findings and step results; absent fields are unchanged.',
    body: reportSchema,
    bodyLimit: '1mb',
    answers: { 204: { description: 'Stored and synced to disk.' } },
    audited: 'never',
    refusesDoubt: true,
    answer: ({ reports }, { response, body }) => reports.receive(hostOf(response), body),
  }),
  endpoint({
    id: 'getTarget',
    method: 'get',
    path: routes.target,
    access: 'host-credential',
    needs: 'any',
    summary: 'Returns the host’s target; a long poll with If-None-Match and `wait`.',
    query: targetQuery,
    answers: {
      200: { description: 'Assignment and duties, with an ETag.', schema: z.union([targetSchema, sentTargetSchema]) },
      304: { description: 'Unchanged.' },
    },
    fenced: true,
    async respond({ contacts, fence, machines, now, standing, targets, waiters }, { query, request, response }) {
      const host = hostOf(response);
      const seen = request.headers['if-none-match'];
      const signal = gone(response);
      if (signal.aborted) return;
      contacts.saw(host);
      const before = standing.state();
      const wait = before === 'cut-off' ? Math.min(query.wait, cutOffWait()) : query.wait - spread(query.wait);
      const deadline = now().getTime() + wait;
      const mayWait = () =>
        now().getTime() < deadline &&
        !signal.aborted &&
        !waiters.isClosed() &&
        machines.isCurrent(host, response.locals.bootId) &&
        !fence.state() &&
        standing.state() === before;
      let target = targets.of(host, query.shared);
      while (target.etag === seen && mayWait()) {
        const until = Math.min(deadline, target.until + waiters.spread());
        await waiters.wait(host, until - now().getTime(), signal);
        target = targets.of(host, query.shared);
      }
      if (signal.aborted) return;
      fence.refuse();
      standing.refuse('any');
      contacts.saw(host);
      response.set(revisionHeader, fence.seal());
      if (standing.state() === 'cut-off') response.set(standingHeader, 'cut-off');
      response.set('ETag', target.etag);
      if (target.etag === seen) response.status(304).end();
      else sendPieces(response.type('json'), target.json);
    },
  }),
  endpoint({
    id: 'getTargetPart',
    method: 'get',
    path: `${routes.targetParts}/:sha256`,
    access: 'host-credential',
    needs: 'any',
    summary:
      'Returns a part of the host’s target that a reference names, such as the settings; compressed if accepted.',
    answers: { 200: { description: 'The JSON that the SHA-256 covers.', type: 'application/json' } },
    fenced: true,
    async respond({ targets }, { param, request, response }) {
      const part = targets.part(hostOf(response), param('sha256'));
      if (part === null) throw new MusterError('target-part-unknown');
      response.type('json').vary('Accept-Encoding');
      if (request.acceptsEncodings('gzip') !== 'gzip') return sendPieces(response, [part.json]);
      sendPieces(response.set('Content-Encoding', 'gzip'), [await part.gzipped()]);
    },
  }),
  endpoint({
    id: 'requestJoinCredential',
    method: 'post',
    path: routes.joinCredentials,
    access: 'host-credential',
    needs: 'active',
    summary:
      'Returns a join credential for this host, minted by a control plane; 503 with Retry-After until there is one.',
    query: waitQuery,
    body: joinRequestSchema,
    answers: { 200: { description: 'Valid for at most 15 minutes.', schema: joinCredentialSchema } },
    audited: 'when-done',
    fenced: true,
    refusesDoubt: true,
    answer({ joins, machines }, { query, body, response }) {
      if (machines.isOnProbation(hostOf(response))) {
        throw new MusterError('join-not-yet', { reason: probation }, { retryAfter: 2 });
      }
      const { recipient = null } = body;
      return joins.request(hostOf(response), { recipient, waitMs: query.wait }, gone(response));
    },
  }),
  endpoint({
    id: 'offerCredential',
    method: 'post',
    path: routes.credentials,
    access: 'host-credential',
    needs: 'active',
    summary: 'Stores the hash of the next host credential; the current one is revoked at the first use of the next.',
    body: credentialRequestSchema,
    answers: { 204: { description: 'Both credentials are accepted until then.' } },
    fenced: true,
    refusesDoubt: true,
    answer: ({ offerCredential }, { response, body }) => offerCredential(hostOf(response), body.credentialSha256),
  }),
  endpoint({
    id: 'getPlanFile',
    method: 'get',
    path: `${routes.planFiles}/:sha256`,
    access: 'host-credential',
    needs: 'any',
    summary: 'Returns a file beside the plan that hosts need, such as the archive of cri-dockerd.',
    answers: { 200: { description: 'The file.', type: 'application/octet-stream' } },
    fenced: true,
    refusesDoubt: true,
    respond({ planFile }, { param, response }) {
      const path = planFile(param('sha256'));
      if (path === null) throw new MusterError('plan-file-unknown');
      return download(response, path, { dotfiles: 'allow' });
    },
  }),
  endpoint({
    id: 'sendDutyResult',
    method: 'post',
    path: `${routes.duties}/:id`,
    access: 'host-credential',
    needs: 'active',
    summary: 'Reports the result of a duty.',
    body: dutyResultSchema,
    answers: { 204: { description: 'Stored.' } },
    audited: 'never',
    fenced: true,
    refusesDoubt: true,
    answer: ({ dutyResults }, { param, response, body }) => dutyResults.receive(hostOf(response), param('id'), body),
  }),
  endpoint({
    id: 'sendCollection',
    method: 'post',
    path: `${routes.collections}/:id`,
    access: 'host-credential',
    needs: 'any',
    summary: 'Uploads journals and configuration for a support bundle, without secrets.',
    body: collectionSchema,
    bodyLimit: collectionLimits.bodyBytes,
    answers: { 204: { description: 'Stored.' } },
    audited: 'never',
    isUnwanted: ({ collections }, { params }, response) => !collections.awaits(hostOf(response), String(params.id)),
    answer: ({ collections }, { param, response, body }) => collections.receive(hostOf(response), param('id'), body),
  }),
];
