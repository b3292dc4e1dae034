import { Injectable, type PipeTransform } from '@nestjs/common';
import { RequestParameter, type AuthenticatedRequest } from '../auth/index.js';
import { isForm, validateInput } from '../common/index.js';
import { ImageForms } from '../media/index.js';
import { MessageFormDto, SendMessageDto } from './message.dto.js';
import type { Outgoing } from './messages.service.js';

/** Reads a form here and not earlier, so that only who passes the guards can send one. Behind `SessionGuard`. */
@Injectable()
export class OutgoingMessagePipe implements PipeTransform<AuthenticatedRequest, Promise<Outgoing>> {
  constructor(private readonly forms: ImageForms) {}

  async transform(request: AuthenticatedRequest): Promise<Outgoing> {
    if (!request.caller) throw new Error('@OutgoingMessage() needs the SessionGuard');
    if (!isForm(request)) return validateInput(SendMessageDto, request.body ?? {});
    const { image, fields } = await this.forms.read(request, request.caller.user.id, ['to', 'text']);
    const { to, text } = validateInput(MessageFormDto, fields);
    // A form says "no text" by an empty field.
    return { to, text: text === '' && image ? undefined : text, image: image ?? undefined };
  }
}

/** What the body holds, be it JSON or a form with a picture. On a route that `@TakesForms()`. */
export const OutgoingMessage = () => RequestParameter(OutgoingMessagePipe);
