import winston from 'winston';

export type Logger = Pick<winston.Logger, 'error' | 'warn' | 'info' | 'debug' | 'child' | 'isDebugEnabled'>;

/**
 * Logs to standard output, which systemd hands to the journal: one JSON object a line, or text for a terminal.
 * Context (host, step) is carried by child loggers.
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

/** A logger that says nothing, for tests and one-shot commands. */
export function silentLogger(): Logger {
  return winston.createLogger({ silent: true, transports: [new winston.transports.Console({ silent: true })] });
}
