import { etcdRecorded } from './etcd.ts';
import type { Recorded } from './evidence.ts';
import { imagesRecorded } from './images.ts';
import { joinRecorded } from './join.ts';
import { kubeletRecorded } from './kubelet.ts';
import { limitsRecorded } from './limits.ts';
import { machineRecorded } from './machine.ts';
import { networkRecorded } from './network.ts';
import { packagesRecorded } from './packages.ts';
import { planRecorded } from './plan.ts';
import { runtimeRecorded } from './runtime.ts';

/** Of all failures. */
export const recorded: Recorded = {
  ...etcdRecorded,
  ...imagesRecorded,
  ...joinRecorded,
  ...kubeletRecorded,
  ...limitsRecorded,
  ...machineRecorded,
  ...networkRecorded,
  ...packagesRecorded,
  ...planRecorded,
  ...runtimeRecorded,
};
