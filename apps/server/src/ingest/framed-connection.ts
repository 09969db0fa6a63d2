import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * Follows the packet boundaries of an MQTT byte stream without keeping any of it. Fixed header of MQTT 3.1.1, section
 * 2.2: one byte of type, then the remaining length in one to four bytes of seven bits, lowest first.
 */
export class PacketSizes {
  readonly #limit: number;
  #state: 'type' | 'length' | 'body' = 'type';
  #length = 0;
  #shift = 0;

  /** `limit` is the largest remaining length allowed, in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** `false` as soon as the stream announces a packet that is too large, or a length that is no length. */
  accept(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'body') {
        const passed = Math.min(this.#length, chunk.length - at);
        this.#length -= passed;
        at += passed;
        if (this.#length === 0) this.#state = 'type';
        continue;
      }
      const byte = chunk[at++] ?? 0;
      if (this.#state === 'type') {
        this.#state = 'length';
        this.#length = 0;
        this.#shift = 0;
        continue;
      }
      this.#length += (byte & 0x7f) << this.#shift;
      this.#shift += 7;
      const isLast = byte < 0x80;
      if (this.#length > this.#limit || (!isLast && this.#shift === 28)) return false;
      if (isLast) this.#state = this.#length === 0 ? 'type' : 'body';
    }
    return true;
  }
}

/**
 * A TCP connection that is cut when a packet is announced that exceeds the limit. The broker's parser has no limit of
 * its own below the 256 MB of the protocol and collects a packet in memory, also before the client has signed in.
 */
export class FramedConnection extends Duplex {
  readonly remoteAddress: string;
  readonly #socket: Socket;

  constructor(socket: Socket, limit: number, onOversized: () => void) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.remoteAddress = socket.remoteAddress ?? '';
    const sizes = new PacketSizes(limit);
    socket.on('data', (chunk: Buffer) => {
      if (!sizes.accept(chunk)) {
        onOversized();
        this.destroy(new Error('packet too large'));
      } else if (!this.push(chunk)) {
        socket.pause();
      }
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done);
  }

  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
