import { z } from 'zod';
import { routes } from '../../shared/protocol/enrolment.ts';
import { observationRoutes, readinessSchema } from '../../shared/protocol/observation.ts';
import type { Operation } from './operation.ts';

const text = 'text/plain; charset=utf-8';

export const publicOperations: readonly Operation[] = [
  {
    id: 'getInstaller',
    method: 'get',
    path: routes.installer,
    access: 'anyone',
    summary: 'The installer’s script, with the CA and the hashes of its artefacts in it.',
    answers: { 200: { description: 'To be run by sh as root.', type: 'text/x-shellscript; charset=utf-8' } },
  },
  {
    id: 'getArtefact',
    method: 'get',
    path: `${routes.artefacts}/:name`,
    access: 'anyone',
    summary: 'What the installer downloads; supports Range.',
    answers: { 200: { description: 'The archive.', type: 'application/gzip' } },
  },
  {
    id: 'getHealth',
    method: 'get',
    path: observationRoutes.health,
    access: 'anyone',
    summary: 'The process answers.',
    answers: { 200: { description: 'ok', type: text } },
  },
  {
    id: 'getReadiness',
    method: 'get',
    path: observationRoutes.ready,
    access: 'anyone',
    summary: 'Whether it can do its work: the store takes writes, the plan is valid.',
    answers: {
      200: { description: 'It can.', schema: readinessSchema },
      503: { description: 'It can’t; `checks` names what is missing.', schema: readinessSchema },
    },
  },
  {
    id: 'getMetrics',
    method: 'get',
    path: observationRoutes.metrics,
    access: ['metrics-token', 'socket'],
    summary: 'Metrics in Prometheus’ text format.',
    answers: { 200: { description: 'Text format 0.0.4.', type: text } },
  },
  {
    id: 'getApi',
    method: 'get',
    path: observationRoutes.api,
    access: 'anyone',
    summary: 'This document.',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.object({ openapi: z.string() }) } },
  },
];
