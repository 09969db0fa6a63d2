import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a client and PostgreSQL and can lose things on the way. */
export class LosingProxy {
  readonly connectionString: string;
  private losing = false;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(server: Server, connectionString: string) {
    this.server = server;
    this.connectionString = connectionString;
  }

  static async open(target: string): Promise<LosingProxy> {
    const to = new URL(target);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('no address');
    const url = new URL(target);
    url.port = String(address.port);
    const proxy = new LosingProxy(server, url.href);
    server.on('connection', (client) => proxy.join(client, connect(Number(to.port), to.hostname)));
    return proxy;
  }

  /** The next commit reaches the server, but its answer never reaches the client. */
  loseNextCommitAnswer(): void {
    this.losing = true;
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.server.close();
    this.cut();
  }

  private join(client: Socket, server: Socket): void {
    let losing = false;
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (this.losing && chunk.includes('commit\0')) {
        this.losing = false;
        losing = true;
      }
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (losing) client.destroy();
      else client.write(chunk);
    });
  }
}
