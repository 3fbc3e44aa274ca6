/** The lab's API for tests, benchmarks and its command line. */
export { disks as hostsWithDisks } from './host/disk.ts';
export { copyIn, type ExecResult, gatewayExec, hostExec } from './host/exec.ts';
export { runningMasters } from './host/init.ts';
export { bootHost, killHost, wipeHost } from './host/power.ts';
export { isSetup, keepSetup, plainSetup, type Setup, setupOf } from './host/setup.ts';
export { clean, down, ensureLab, prepareDisks } from './lab.ts';
export { labHosts, type Runtime } from './layout.ts';
