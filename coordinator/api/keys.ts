import { coordinatorKeysRoute, keysRequestSchema } from '../../shared/protocol/coordinator-keys.ts';
import { hostOf } from './http/auth.ts';
import { endpoint } from './http/endpoint.ts';

const ageFile = 'application/octet-stream';

/** What a control plane needs to run a coordinator beside this one. */
export const keyEndpoints = [
  endpoint({
    id: 'copyKeys',
    method: 'post',
    path: coordinatorKeysRoute,
    access: 'host-credential',
    needs: 'active',
    summary: 'Returns the coordinators’ keys to a control plane that holds the cluster, encrypted to its recipient.',
    body: keysRequestSchema,
    answers: { 200: { description: 'An age file.', type: ageFile } },
    fenced: true,
    refusesDoubt: true,
    async respond({ sharedKeys }, { body, response }) {
      const sealed = await sharedKeys(hostOf(response), body.recipient);
      response.type(ageFile).send(sealed);
    },
  }),
];
