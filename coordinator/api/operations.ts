import { agentOperations } from './agent-operations.ts';
import type { Operation } from './operation.ts';
import { operatorOperations } from './operator-operations.ts';
import { pageOperations } from './page-operations.ts';
import { publicOperations } from './public-operations.ts';
import { safekeepingOperations } from './safekeeping-operations.ts';

/** All that the coordinator answers to, but the status page and its files. */
export const operations: readonly Operation[] = [
  ...publicOperations,
  ...agentOperations,
  ...operatorOperations,
  ...pageOperations,
  ...safekeepingOperations,
];

const byRoute = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));

/** The operation of an express route; undefined for the page's own. */
export function operationOf(method: string, route: string): Operation | undefined {
  return byRoute.get(`${method.toLowerCase()} ${route}`);
}
