import { FlateErrorCode, Gunzip } from 'fflate';
import { crc32 } from '../checksum.js';
import { OsmFault } from './visitor.js';

const CHUNK_BYTES = 64 * 1024;

export const looksLikeGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Unpacks gzip piece by piece, one or more members one after another (RFC 1952), and holds each against its CRC-32.
 * `take` gets each piece and the share of the packed bytes read so far. `end` is called after the last piece and before
 * the last checksum: when the text is not complete, it can say so, and a cut file is not called a damaged one.
 */
export function gunzipPieces(
  file: Uint8Array,
  take: (piece: Uint8Array, fraction: number) => void,
  end: () => void,
): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let crc = 0;
  let consumed = 0;
  const endMember = (at: number): void => {
    if (at < 8 || view.getUint32(at - 8, true) !== crc) {
      throw new OsmFault('osm-corrupt', 'gzip data does not match its checksum', at);
    }
    crc = 0;
  };

  const stream = new Gunzip((piece) => {
    crc = crc32(piece, crc);
    if (piece.length > 0) take(piece, consumed / file.length);
  });
  stream.onmember = endMember;
  try {
    while (consumed < file.length) {
      const chunk = file.subarray(consumed, consumed + CHUNK_BYTES);
      consumed += chunk.length;
      stream.push(chunk, consumed === file.length);
    }
  } catch (cause) {
    throw cause instanceof OsmFault ? cause : gzipFault(cause, file.length);
  }
  end();
  endMember(file.length);
}

function gzipFault(cause: unknown, byte: number): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause;
  return cause.code === FlateErrorCode.UnexpectedEOF
    ? new OsmFault('osm-truncated', 'gzip data ends too early', byte)
    : new OsmFault('osm-corrupt', `gzip data cannot be unpacked: ${cause.message}`);
}
