import express, { Router } from 'express';
import { routes } from '../../shared/protocol/enrolment.ts';
import type { Artefact, Artefacts } from '../enrolment/artefacts.ts';

export interface InstallerOptions {
  artefacts: Artefacts;
  render: (parts: { template: string; artefacts: Artefact[]; releaseKey: string }) => string;
}

/** What a host without an agent may fetch: public, and covered by the pin and the hashes in the script. */
export function installerRoutes({ artefacts, render }: InstallerOptions): Router {
  const router = Router();
  router.get(routes.installer, async (_request, response) => {
    const script = render(await artefacts.read());
    response.type('text/x-shellscript; charset=utf-8').send(script);
  });
  router.use(routes.artefacts, express.static(artefacts.folder, { index: false, redirect: false, dotfiles: 'ignore' }));
  return router;
}
