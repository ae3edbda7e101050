/** Why a file operation failed, in words. */

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'part of its path is not a directory',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the device reports an error',
  ENOSPC: 'the disk is full',
  EFBIG: 'it exceeds the size limit for files',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
};

export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
