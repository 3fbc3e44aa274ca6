import { MusterError } from '../../shared/errors/errors.ts';
import {
  type EnrolResponse,
  enrolRequestSchema,
  enrolResponseSchema,
  routes,
} from '../../shared/protocol/enrolment.ts';
import { enrol } from '../enrolment/enrolment.ts';
import { addressOf } from './http/address.ts';
import { bearer } from './http/auth.ts';
import { download } from './http/download.ts';
import { endpoint } from './http/endpoint.ts';

/** Returns a refusal instead of throwing it, because it must not undo the group's other enrolments. */
function attempt(work: () => EnrolResponse): { answer: EnrolResponse } | { error: MusterError } {
  try {
    return { answer: work() };
  } catch (error) {
    if (error instanceof MusterError) return { error };
    throw error;
  }
}

/**
 * Endpoints for hosts without a credential. Scripts and archives are public: the pin and the checksums in the script
 * protect them.
 */
export const enrolmentEndpoints = [
  endpoint({
    id: 'enrolHost',
    method: 'post',
    path: routes.enrol,
    access: 'enrolment-token',
    needs: 'active',
    summary: 'Enrols a host with an enrolment token and the hash of its new credential.',
    body: enrolRequestSchema,
    answers: { 200: { description: 'The host’s name, role and cluster.', schema: enrolResponseSchema } },
    fenced: true,
    async answer({ commit, store, plan, now }, { request, response, body }) {
      const remote = addressOf(request);
      const applicant = { token: bearer(request) ?? '', request: body, remote };
      const outcome = await commit.submit(() => attempt(() => enrol({ store, plan: plan(), now: now() }, applicant)));
      if ('error' in outcome) throw outcome.error;
      response.locals.isAudited = true;
      return outcome.answer;
    },
  }),
  endpoint({
    id: 'getInstaller',
    method: 'get',
    path: routes.installer,
    access: 'anyone',
    summary: 'Returns the install script, with the CA and the hashes of the artefacts.',
    answers: { 200: { description: 'A script for sh, run as root.', type: 'text/x-shellscript; charset=utf-8' } },
    async respond({ installer }, { response }) {
      const script = await installer();
      response.type('text/x-shellscript; charset=utf-8').send(script);
    },
  }),
  endpoint({
    id: 'getArtefact',
    method: 'get',
    path: `${routes.artefacts}/:name`,
    access: 'anyone',
    summary: 'Downloads an artefact of the installer; supports Range.',
    answers: { 200: { description: 'The archive.', type: 'application/gzip' } },
    respond: ({ artefacts }, { param, response }) =>
      download(response, param('name'), { root: artefacts.folder, dotfiles: 'ignore' }),
  }),
];
