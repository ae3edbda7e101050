/** Why a connection failed, in words. */

const REASONS: Record<string, string> = {
  ENOTFOUND: 'its name cannot be looked up: is this machine connected to the internet?',
  EAI_AGAIN: 'its name cannot be looked up: is this machine connected to the internet?',
  ENETUNREACH: 'it cannot be reached: is this machine connected to the internet?',
  EHOSTUNREACH: 'it cannot be reached: is this machine connected to the internet?',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'it broke the connection',
  EPIPE: 'it broke the connection',
  UND_ERR_SOCKET: 'it broke the connection',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  UND_ERR_BODY_TIMEOUT: 'it stopped answering',
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this machine is wrong',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'it broke off early',
};

/** @param error an error of `fetch`, which wraps the cause */
export function networkReason(error: unknown, host: string): string {
  const { cause = error } = error as { cause?: unknown };
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  return `${host}: ${REASONS[code] ?? (message || code || String(error))}`;
}
