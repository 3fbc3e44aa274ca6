import { confinementRecorded } from './confinement.ts';
import { etcdRecorded } from './etcd.ts';
import { etcdDataRecorded } from './etcd-data.ts';
import type { Recorded } from './evidence.ts';
import { imagesRecorded } from './images.ts';
import { joinRecorded } from './join.ts';
import { kubeletRecorded } from './kubelet.ts';
import { limitsRecorded } from './limits.ts';
import { machineRecorded } from './machine.ts';
import { networkRecorded } from './network.ts';
import { networkAccessRecorded } from './network-access.ts';
import { packageAccessRecorded } from './package-access.ts';
import { packageDatabaseRecorded } from './package-database.ts';
import { packagesRecorded } from './packages.ts';
import { pkiRecorded } from './pki.ts';
import { planRecorded } from './plan.ts';
import { runtimeRecorded } from './runtime.ts';
import { runtimeDataRecorded } from './runtime-data.ts';
import { servicesRecorded } from './services.ts';

/** Of all failures. */
export const recorded: Recorded = {
  ...packageDatabaseRecorded,
  ...packageAccessRecorded,
  ...runtimeDataRecorded,
  ...confinementRecorded,
  ...networkAccessRecorded,
  ...servicesRecorded,
  ...etcdDataRecorded,
  ...pkiRecorded,
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
