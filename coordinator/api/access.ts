import { z } from 'zod';
import { loginLinkRequestSchema, pageRoles, passwordRequestSchema } from '../../shared/protocol/page.ts';
import { loginLinkSchema, operatorRoutes } from '../../shared/protocol/status.ts';
import { endpoint } from './http/endpoint.ts';
import { validate } from './http/validate.ts';

const role = z.enum(pageRoles);

/** Access to the status page. Unix socket only. */
export const accessEndpoints = [
  endpoint({
    id: 'createLoginLink',
    method: 'post',
    path: operatorRoutes.loginLinks,
    access: 'socket',
    needs: 'active',
    summary: 'Creates a single-use link to the status page.',
    body: loginLinkRequestSchema,
    answers: { 201: { description: 'The link.', schema: loginLinkSchema } },
    answer: ({ loginLink }, { body }) => loginLink(body.role),
  }),
  endpoint({
    id: 'setPassword',
    method: 'put',
    path: `${operatorRoutes.passwords}/:role`,
    access: 'socket',
    needs: 'active',
    summary: 'Sets the status page’s password for operators or viewers.',
    body: passwordRequestSchema,
    answers: { 204: { description: 'Sessions opened with the old password end.' } },
    answer: ({ setPassword }, { param, body }) => setPassword(validate(role, param('role')), body.password),
  }),
  endpoint({
    id: 'clearPassword',
    method: 'delete',
    path: `${operatorRoutes.passwords}/:role`,
    access: 'socket',
    needs: 'active',
    summary: 'Removes the password of a role.',
    answers: { 204: { description: 'Only links sign in from now on.' } },
    answer: ({ setPassword }, { param }) => setPassword(validate(role, param('role')), null),
  }),
];
