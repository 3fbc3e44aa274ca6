import winston from 'winston';

export type Logger = Pick<winston.Logger, 'error' | 'warn' | 'info' | 'debug' | 'child' | 'isDebugEnabled'>;

/**
 * Logs to standard output, which systemd forwards to the journal: one JSON object per line, or text on a terminal.
 * Child loggers carry context such as host and step.
 */
export function createLogger(level: string = process.env.MUSTER_LOG_LEVEL ?? 'info'): Logger {
  const { combine, timestamp, json, printf } = winston.format;
  const text = printf(({ level, message, ...context }) => {
    const extra = Object.entries(context).map(([key, value]) => ` ${key}=${String(value)}`);
    return `${level}: ${String(message)}${extra.join('')}`;
  });
  return winston.createLogger({
    level,
    format: process.stdout.isTTY ? text : combine(timestamp(), json()),
    transports: [new winston.transports.Console()],
  });
}

/** A logger without output, for tests and one-shot commands. */
export function silentLogger(): Logger {
  return winston.createLogger({ silent: true, transports: [new winston.transports.Console({ silent: true })] });
}
