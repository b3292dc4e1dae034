import { applyDecorators, Injectable, type PipeTransform } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { RequestParameter, type AuthenticatedRequest } from '../auth/index.js';
import { ApiProblem, InvalidFieldError, isForm, TakesForms, UnsupportedMediaTypeError } from '../common/index.js';
import { ImageForms } from './image-forms.service.js';

/** Reads the body, which is done here and not earlier, so that only who passes the guards can send one. Behind `SessionGuard`. */
@Injectable()
export class UploadedImagePipe implements PipeTransform<AuthenticatedRequest, Promise<Buffer>> {
  constructor(private readonly forms: ImageForms) {}

  async transform(request: AuthenticatedRequest): Promise<Buffer> {
    if (!request.caller) throw new Error('@UploadedImage() needs the SessionGuard');
    if (!isForm(request)) throw new UnsupportedMediaTypeError();
    const { image } = await this.forms.read(request, request.caller.user.id);
    if (!image) throw new InvalidFieldError('image', 'is needed');
    return image;
  }
}

/** The file of the form's field `image`. On a route that `@TakesImage()`. */
export const UploadedImage = () => RequestParameter(UploadedImagePipe);

const IMAGE = { type: 'string', format: 'binary', description: 'JPEG, PNG, WebP or GIF, up to 8 MiB.' };

export const TakesImage = () =>
  applyDecorators(
    TakesForms(),
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: { type: 'object', required: ['image'], properties: { image: IMAGE } } }),
    ApiProblem(400, 'validation_failed'),
    ApiProblem(413, 'body_too_large'),
    ApiProblem(415, 'unsupported_image or unsupported_media_type'),
    ApiProblem(422, 'invalid_image or image_too_large'),
    ApiProblem(503, 'busy, image_storage_unavailable or store_unavailable'),
  );
