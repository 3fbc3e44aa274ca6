import { z } from 'zod';
import { targetSchema } from '../../shared/protocol/assignment.ts';
import { collectionSchema } from '../../shared/protocol/collection.ts';
import { dutyResultSchema } from '../../shared/protocol/duty.ts';
import {
  credentialRequestSchema,
  enrolRequestSchema,
  enrolResponseSchema,
  joinCredentialSchema,
  routes,
} from '../../shared/protocol/enrolment.ts';
import { reportSchema } from '../../shared/protocol/report.ts';
import type { Operation } from './operation.ts';

/** Seconds that an answer may be held back until there is something to say. */
const waitQuery = z.object({ wait: z.coerce.number().min(0).max(60).optional() });

/** None names a host: the credential does. */
export const agentOperations: readonly Operation[] = [
  {
    id: 'enrolHost',
    method: 'post',
    path: routes.enrol,
    access: 'enrolment-token',
    summary: 'A new host comes in with its enrolment token and the hash of the credential that it has made.',
    body: enrolRequestSchema,
    answers: { 200: { description: 'Which host it is.', schema: enrolResponseSchema } },
  },
  {
    id: 'getTarget',
    method: 'get',
    path: routes.target,
    access: 'host-credential',
    summary: 'What is wanted of the host; a long poll with If-None-Match and `wait`.',
    query: waitQuery,
    answers: {
      200: { description: 'Its assignment and duties, with an ETag.', schema: targetSchema },
      304: { description: 'Nothing has changed in that time.' },
    },
  },
  {
    id: 'sendReport',
    method: 'post',
    path: routes.reports,
    access: 'host-credential',
    summary: 'What the host saw and did; what is absent has not changed.',
    body: reportSchema,
    answers: { 204: { description: 'It is on the disk.' } },
    audited: 'never',
  },
  {
    id: 'requestJoinCredential',
    method: 'post',
    path: routes.joinCredentials,
    access: 'host-credential',
    summary:
      'A join credential for this host, minted by a control plane; 503 with Retry-After while there is none yet.',
    query: waitQuery,
    answers: { 200: { description: 'Lives 15 minutes at the most.', schema: joinCredentialSchema } },
    audited: 'when-done',
  },
  {
    id: 'offerCredential',
    method: 'post',
    path: routes.credentials,
    access: 'host-credential',
    summary: 'The hash of the credential that is to replace this one; the old one ends once the new one has been used.',
    body: credentialRequestSchema,
    answers: { 204: { description: 'Either is taken until then.' } },
  },
  {
    id: 'sendDutyResult',
    method: 'post',
    path: `${routes.duties}/:id`,
    access: 'host-credential',
    summary: 'What came of a duty.',
    body: dutyResultSchema,
    answers: { 204: { description: 'Taken in.' } },
    audited: 'never',
  },
  {
    id: 'sendCollection',
    method: 'post',
    path: `${routes.collections}/:id`,
    access: 'host-credential',
    summary: 'Journals and configuration for a support bundle, secrets taken out.',
    body: collectionSchema,
    answers: { 204: { description: 'Taken in.' } },
    audited: 'never',
  },
];
