// SPDX-License-Identifier: GPL-3.0-or-later
// Promises on macOS: the Finder asks an NSFilePromiseProvider to write the file when it is dropped.
// The copying is the queue's work, so the answer is given at once and the files come later.
#include "ui/files/FileDrag.h"

#include <QPixmap>
#include <QWidget>

#include <AppKit/AppKit.h>

namespace {

/// How Qt names a type of its own on the pasteboard.
NSPasteboardType pasteboardType(const QString &mime)
{
    return (QStringLiteral("com.trolltech.anymime.") +
            QString(mime).replace(u'/', QStringLiteral("--")))
        .toNSString();
}

/// With it Qt's views know that there is something for them.
NSPasteboardType const qtType = @"com.trolltech.qt.MimeTypeName";

} // namespace

@interface DanluPromise : NSFilePromiseProvider <NSFilePromiseProviderDelegate, NSDraggingSource> {
@public
    QString _name;
    QString _mime;
    QByteArray _rows;
    std::function<void(const QString &)> _keep;
}
@end

@implementation DanluPromise

- (NSArray<NSPasteboardType> *)writableTypesForPasteboard:(NSPasteboard *)pasteboard
{
    return [[super writableTypesForPasteboard:pasteboard]
        arrayByAddingObjectsFromArray:@[ pasteboardType(_mime), qtType ]];
}

- (NSPasteboardWritingOptions)writingOptionsForType:(NSPasteboardType)type
                                         pasteboard:(NSPasteboard *)pasteboard
{
    if ([type isEqualToString:pasteboardType(_mime)] || [type isEqualToString:qtType])
        return 0;
    return [super writingOptionsForType:type pasteboard:pasteboard];
}

- (id)pasteboardPropertyListForType:(NSPasteboardType)type
{
    if ([type isEqualToString:pasteboardType(_mime)])
        return _rows.toNSData();
    if ([type isEqualToString:qtType])
        return _mime.toNSString();
    return [super pasteboardPropertyListForType:type];
}

- (NSString *)filePromiseProvider:(NSFilePromiseProvider *)provider fileNameForType:(NSString *)type
{
    Q_UNUSED(provider)
    Q_UNUSED(type)
    return _name.toNSString();
}

- (void)filePromiseProvider:(NSFilePromiseProvider *)provider
          writePromiseToURL:(NSURL *)url
          completionHandler:(void (^)(NSError *))done
{
    Q_UNUSED(provider)
    // On the main queue, as no other was named: the thread of the window.
    if (_keep)
        std::exchange(_keep, {})(QString::fromNSString(url.URLByDeletingLastPathComponent.path));
    done(nil);
}

- (NSDragOperation)draggingSession:(NSDraggingSession *)session
    sourceOperationMaskForDraggingContext:(NSDraggingContext)context
{
    Q_UNUSED(session)
    return context == NSDraggingContextOutsideApplication
               ? NSDragOperationCopy
               : NSDragOperationCopy | NSDragOperationMove;
}

@end

namespace ui::files {

void dragFiles(QWidget *source, std::unique_ptr<QMimeData> rows, const QPixmap &picture,
               const QString &name, std::function<void(const QString &folder)> keep)
{
    // Only a type says what the Finder shows; the content is whatever it is.
    DanluPromise *promise = [[DanluPromise alloc] initWithFileType:@"public.data" delegate:nil];
    promise.delegate = promise;
    promise->_name = name;
    promise->_mime = rows->formats().constFirst();
    promise->_rows = rows->data(promise->_mime);
    promise->_keep = std::move(keep);
    NSView *view = (__bridge NSView *)reinterpret_cast<void *>(source->window()->winId());
    NSEvent *event = NSApp.currentEvent;
    NSDraggingItem *item = [[NSDraggingItem alloc] initWithPasteboardWriter:promise];
    NSImage *image = [[NSImage alloc] initWithCGImage:picture.toImage().toCGImage()
                                                 size:picture.size().toCGSize()];
    const NSPoint at = [view convertPoint:event.locationInWindow fromView:nil];
    [item setDraggingFrame:NSMakeRect(at.x, at.y, picture.width(), picture.height())
                  contents:image];
    [view beginDraggingSessionWithItems:@[ item ] event:event source:promise];
}

} // namespace ui::files
