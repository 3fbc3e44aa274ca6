import { z } from 'zod';
import {
  differencesSchema,
  loginLinkRequestSchema,
  passwordRequestSchema,
  tokenListSchema,
} from '../../shared/protocol/page.ts';
import { hostStatusSchema, loginLinkSchema, operatorRoutes } from '../../shared/protocol/status.ts';
import type { Operation } from './operation.ts';

/** Before Accept-Language. */
const langQuery = z.object({ lang: z.enum(['en', 'zh']).optional() });

/** What the status page asks for besides, and who may look at it. */
export const pageOperations: readonly Operation[] = [
  {
    id: 'getHost',
    method: 'get',
    path: `${operatorRoutes.hosts}/:name`,
    access: 'session',
    summary: 'One host, whole.',
    query: langQuery,
    answers: { 200: { description: 'Its findings carry their titles.', schema: hostStatusSchema } },
  },
  {
    id: 'streamChanges',
    method: 'get',
    path: operatorRoutes.stream,
    access: 'session',
    summary: 'Server-sent events: `snapshot`, then `change` and `beat`; goes on after Last-Event-ID.',
    query: langQuery,
    answers: { 200: { description: 'Until the reader or the coordinator ends it.', type: 'text/event-stream' } },
  },
  {
    id: 'comparePlan',
    method: 'get',
    path: `${operatorRoutes.plan}/differences`,
    access: 'session',
    summary: 'What of the plan the cluster does not show.',
    query: langQuery,
    answers: { 200: { description: 'None: all is as planned.', schema: differencesSchema } },
  },
  {
    id: 'listTokens',
    method: 'get',
    path: operatorRoutes.tokens,
    access: 'session',
    summary: 'Enrolment tokens without their secrets.',
    answers: { 200: { description: 'Newest first.', schema: tokenListSchema } },
  },
  {
    id: 'revokeToken',
    method: 'delete',
    path: `${operatorRoutes.tokens}/:id`,
    access: 'session',
    summary: 'Takes an enrolment token back.',
    answers: { 204: { description: 'It lets nobody in any more.' } },
  },
  {
    id: 'createLoginLink',
    method: 'post',
    path: operatorRoutes.loginLinks,
    access: 'socket',
    summary: 'Makes a link to the status page that works once.',
    body: loginLinkRequestSchema,
    answers: { 201: { description: 'The link.', schema: loginLinkSchema } },
  },
  {
    id: 'setPassword',
    method: 'put',
    path: `${operatorRoutes.passwords}/:role`,
    access: 'socket',
    summary: 'Sets the password of the page’s operators or viewers.',
    body: passwordRequestSchema,
    answers: { 204: { description: 'Who had signed in by the old one is signed out.' } },
  },
  {
    id: 'clearPassword',
    method: 'delete',
    path: `${operatorRoutes.passwords}/:role`,
    access: 'socket',
    summary: 'Takes that password away.',
    answers: { 204: { description: 'Only links sign in.' } },
  },
  {
    id: 'signIn',
    method: 'post',
    path: operatorRoutes.login,
    access: 'anyone',
    summary: 'A form with the field `code`, of a login link, or `password`.',
    answers: { 303: { description: 'Signed in, by a cookie.' } },
  },
  {
    id: 'signOut',
    method: 'post',
    path: '/logout',
    access: 'anyone',
    summary: 'Ends the session of the cookie.',
    answers: { 303: { description: 'To the login.' } },
  },
];
