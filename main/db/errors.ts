import { EtalonError } from '../../shared/model/errors.ts';

interface CodedError extends Error {
  readonly code: string;
}

const hasCode = (error: unknown): error is CodedError =>
  error instanceof Error && typeof (error as Partial<CodedError>).code === 'string';

/** System errors by which a file or folder says that it may not be written. */
const readOnlyCodes = new Set(['EROFS', 'EACCES', 'EPERM']);
const fullCodes = new Set(['ENOSPC', 'EDQUOT']);

/**
 * What a SQLite or file system error means for people, with a stable code; `file` is the path they know. Anything
 * that is not such an error comes back as it was, so that bugs stay visible as bugs.
 */
export function toWorkspaceError(error: unknown, file: string): unknown {
  if (error instanceof EtalonError || !hasCode(error)) return error;
  const { code, message } = error;
  const more = { details: `${code}: ${message}`, cause: error };
  const is = (...prefixes: string[]): boolean => prefixes.some((prefix) => code.startsWith(prefix));

  // SQLITE_IOERR_WRITE and _FSYNC are what a used-up quota or a failing disk give; ENOSPC itself is SQLITE_FULL.
  if (is('SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC') || fullCodes.has(code)) {
    return new EtalonError(
      'disk-full',
      `There is no room left to write ${file}. What was stored before is safe; free some space, then go on.`,
      more,
    );
  }
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED')) {
    return new EtalonError('workspace-locked', `${file} is in use by another process; close it there first.`, more);
  }
  if (is('SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR')) {
    return new EtalonError(
      'workspace-damaged',
      `${file} is damaged or cannot be read from its disk. Restore a backup, or copy the file away before anything else is tried.`,
      more,
    );
  }
  if (is('SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM') || readOnlyCodes.has(code)) {
    return new EtalonError(
      'workspace-read-only',
      `${file} cannot be written. Copy it to a folder you may write to, or change the permissions of file and folder.`,
      more,
    );
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new EtalonError('workspace-missing', `${file} does not exist, or a folder above it does not.`, more);
  }
  return error;
}
