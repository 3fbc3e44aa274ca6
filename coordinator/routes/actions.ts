import express, { type Request, type Response, Router } from 'express';
import { type ActionResponse, actionRequestSchema } from '../../shared/protocol/operation.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import type { Coordinator } from '../server/coordinator.ts';
import { validate } from './validate.ts';

export interface ActionRouteOptions {
  /** The line to paste that lets a host in with this token. */
  oneLiner: (token: string) => string;
  /** Who acts, for those who read it later. */
  actor: (request: Request, response: Response) => string;
}

const shownOperations = 100;

/** What an operator may see and do of single hosts. Mounted behind whatever tells that the caller is an operator. */
export function actionRoutes({ store, actions, fence }: Coordinator, { oneLiner, actor }: ActionRouteOptions): Router {
  const router = Router();
  const path = `${operatorRoutes.hosts}/:name/actions` as const;

  router.get(path, ({ params }, response) => {
    const name = String(params.name);
    response.json({ host: name, actions: actions.previews(name) });
  });
  router.post(path, express.json({ limit: '16kb' }), (request, response) => {
    fence.refuse();
    const wanted = validate(actionRequestSchema, request.body);
    const answer: ActionResponse = actions.perform(
      String(request.params.name),
      wanted,
      actor(request, response),
      oneLiner,
    );
    response.json(answer);
  });
  router.get(operatorRoutes.operations, (_request, response) => {
    response.json(store.operations.newest(shownOperations));
  });
  return router;
}
