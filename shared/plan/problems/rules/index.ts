import { hostsRules } from './hosts.ts';
import { keysRules } from './keys.ts';
import { networkRules } from './network.ts';
import { pluginRules } from './plugin.ts';
import { softwareRules } from './software.ts';

/** Rules between values of the plan, files next to it, and Kubernetes. */
export const rules = { ...keysRules, ...hostsRules, ...networkRules, ...softwareRules, ...pluginRules };
