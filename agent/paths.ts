import { posix } from 'node:path';
import { agentPaths } from '../shared/paths.ts';

export type AgentPaths = Readonly<Record<keyof typeof agentPaths, string>>;

/** The agent's own paths below another root, such as a mounted image or a test folder. */
export function pathsBelow(root: string): AgentPaths {
  if (root === '/') return agentPaths;
  const below = Object.entries(agentPaths).map(([name, path]) => [
    name,
    path.startsWith('/') ? posix.join(root, path) : path,
  ]);
  return Object.fromEntries(below) as AgentPaths;
}
