import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { AgentPaths } from '../paths.ts';
import { writeConfig } from './config.ts';

/** The addresses at which this host asks for its coordinator. */
export interface Coordinators {
  /** All base URLs, such as https://192.168.0.130:7443; the one that answered last comes first. */
  inOrder(): readonly string[];
  /** This one answered as the active coordinator. */
  answered(url: string): void;
  /** The one that answers next may lack what was acknowledged: another one accepted it, or a backup was restored. */
  mayLack(): void;
}

/** Coordinators for a short command, which does not store which one answered. */
export function knownCoordinators(urls: readonly string[]): Coordinators {
  return { inOrder: () => urls, answered: () => undefined, mayLack: () => undefined };
}

interface Means {
  paths: AgentPaths;
  /** From the configuration, at least one. */
  urls: readonly string[];
  log: Logger;
  /** Called when the active coordinator is another one, or one that may lack what was acknowledged. */
  onSwitch(): void;
}

/**
 * The coordinators in the agent's configuration. Invariant: the one that answered last stays, whatever a target names,
 * so that a wrong list cannot separate this host from its coordinator.
 */
export function openCoordinators({ paths, urls, log, onSwitch }: Means) {
  let [current = '', ...others] = urls;
  let writing = Promise.resolve();
  let isLacking = false;

  const inOrder = () => [current, ...others];

  function keep(): void {
    const all = inOrder();
    writing = writing.then(() =>
      writeConfig(paths, all).catch((error) => {
        log.warn('cannot store the addresses of the coordinators', { reason: messageOf(error) });
      }),
    );
  }

  return {
    inOrder,
    answered(url: string): void {
      if (url === current && !isLacking) return;
      isLacking = false;
      if (url !== current) {
        log.info('the active coordinator has another address', { before: current, now: url });
        others = [...inOrder().filter((one) => one !== url)];
        current = url;
        keep();
      }
      onSwitch();
    },
    mayLack(): void {
      isLacking = true;
    },
    /** Replaces the other addresses by those of a target; none: the current one is the only coordinator. */
    learn(named: readonly string[]): void {
      const next = named.filter((one) => one !== current);
      if (String([...next].sort()) === String([...others].sort())) return;
      others = next;
      log.info('learned the addresses of the coordinators', { urls: inOrder() });
      keep();
    },
    /** Resolves when the addresses are on disk. */
    settled: () => writing,
  };
}
