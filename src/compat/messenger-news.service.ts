import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MessageAnnouncer, Sockets } from '../realtime/index.js';
import { toMessengerMessage, type MessengerMessageView } from './messenger.view.js';

declare module '../realtime/index.js' {
  interface SocketEvents {
    /** Earlier API, beside `message.created`. To whom it was written. */
    newMessage: (message: MessengerMessageView) => void;
  }
}

/** Tells the receiver's sockets of a message in the words of the messenger's API as well. */
@Injectable()
export class MessengerNews implements OnModuleInit {
  constructor(
    private readonly announcer: MessageAnnouncer,
    private readonly sockets: Sockets,
  ) {}

  onModuleInit(): void {
    this.announcer.onTold((message) =>
      this.sockets.tell([message.to], null, 'newMessage', toMessengerMessage(message)),
    );
  }
}
