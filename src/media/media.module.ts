import { Module } from '@nestjs/common';
import { AvatarController } from './avatar.controller.js';
import { ImageConverter } from './image-converter.service.js';
import { ImageForms } from './image-forms.service.js';
import { ImagesController } from './images.controller.js';
import { Images } from './images.service.js';
import { ImageSweeper } from './image-sweeper.service.js';
import { ImageUses } from './image-uses.service.js';
import { IMAGE_STORAGE } from './storage/image-storage.provider.js';
import { UploadedImagePipe } from './uploaded-image.decorator.js';

@Module({
  controllers: [AvatarController, ImagesController],
  providers: [Images, ImageConverter, ImageForms, ImageSweeper, ImageUses, UploadedImagePipe, IMAGE_STORAGE],
  exports: [Images, ImageForms, ImageUses],
})
export class MediaModule {}
