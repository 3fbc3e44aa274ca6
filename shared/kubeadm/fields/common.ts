import { any, boolean, each, integer, listOf, mapping, number, oneOf, quantity, string } from './field.ts';

/** Types that several components share. Sources: k8s.io/api core/v1, k8s.io/component-base. */

export const taints = listOf(
  mapping(
    each(string, 'key value'),
    each(any, 'timeAdded'),
    each(oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'), 'effect'),
  ),
);

const routing = [each(boolean, 'splitStream'), each(quantity, 'infoBufferSize')];

export const logging = mapping(
  each(oneOf('text', 'json'), 'format'),
  each(boolean, 'sanitization', { until: 24 }),
  // A number of nanoseconds, since 1.27 also a duration.
  each(any, 'flushFrequency', { since: 23 }),
  each(integer, 'verbosity', { since: 23 }),
  each(listOf(mapping(each(string, 'filePattern'), each(integer, 'verbosity'))), 'vmodule', { since: 23 }),
  each(mapping(each(mapping(...routing), 'json'), each(mapping(...routing), 'text', { since: 30 })), 'options', {
    since: 23,
  }),
);

export const tracing = mapping(each(string, 'endpoint'), each(integer, 'samplingRatePerMillion'));

export const clientConnection = mapping(
  each(string, 'kubeconfig acceptContentTypes contentType'),
  each(number, 'qps'),
  each(integer, 'burst'),
);
