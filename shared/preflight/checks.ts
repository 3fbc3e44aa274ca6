import type { Check } from './check.ts';
import { arch } from './host/arch.ts';
import { cpuCount } from './host/cpu-count.ts';
import { memory } from './host/memory.ts';
import { os } from './host/os.ts';
import { root } from './host/root.ts';
import { swapOff } from './host/swap-off.ts';
import { systemd } from './host/systemd.ts';
import { hostName } from './identity/host-name.ts';
import { bridgeNetfilter } from './kernel/bridge-netfilter.ts';
import { cgroupControllers } from './kernel/cgroup-controllers.ts';
import { cgroupVersion } from './kernel/cgroup-version.ts';
import { ipForward } from './kernel/ip-forward.ts';
import { kernelModules } from './kernel/kernel-modules.ts';
import { leftOvers } from './leftovers/left-overs.ts';
import { plannedAddress } from './network/planned-address.ts';
import { ports } from './network/ports.ts';
import { cgroupDriver } from './runtime/cgroup-driver.ts';
import { otherRuntime } from './runtime/other-runtime.ts';
import { diskSpace } from './storage/disk-space.ts';

/** Every check of one host, in the order in which a person would ask. */
export const hostChecks: readonly Check[] = [
  root,
  systemd,
  os,
  arch,
  cpuCount,
  memory,
  swapOff,
  kernelModules,
  ipForward,
  bridgeNetfilter,
  cgroupControllers,
  cgroupVersion,
  diskSpace,
  hostName,
  plannedAddress,
  ports,
  otherRuntime,
  cgroupDriver,
  leftOvers,
];
