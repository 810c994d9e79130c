using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using McpI2V.Media;

namespace McpI2V.Engine.Storage.S3;

/// <summary>
/// One bucket of an object store. A store that is slow, busy or away is asked again for a while; what it refuses is said in words that tell
/// what to do, without its key.
/// </summary>
public sealed class S3Bucket : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly Lazy<AmazonS3Client> client;
    private readonly Lazy<AmazonS3Client>? outside;
    private readonly S3Options options;
    private readonly TimeProvider time;

    /// <summary>The bucket that is set; nothing is asked before it is used.</summary>
    public S3Bucket(S3Options options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        client = new(() => Client(options.Endpoint));
        outside = options.PublicEndpoint is { } address ? new(() => Client(address)) : options.Endpoint is null ? client : null;
    }

    /// <summary>For how long a store that does not answer is asked again: longer than a minute's outage.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Its name.</summary>
    public string Name => options.Bucket ?? throw new InvalidOperationException("no bucket is set");

    /// <summary>What every key begins with.</summary>
    public string Prefix => options.Prefix;

    /// <summary>The time that all of it goes by.</summary>
    internal TimeProvider Time => time;

    /// <summary>Signs addresses that browsers reach; null: they reach none of it.</summary>
    internal IAmazonS3? Outside => outside?.Value;

    /// <summary>True for addresses without encryption on the way.</summary>
    internal bool IsOutsidePlain => (options.PublicEndpoint ?? options.Endpoint)?.Scheme == Uri.UriSchemeHttp;

    /// <summary>Which store it is, for a person.</summary>
    public string Describe() => $"{options.Endpoint?.Authority ?? $"Amazon S3 ({options.Region})"}, bucket {Name}" +
        (Prefix.Length > 0 ? $", {Prefix}" : "");

    /// <summary>What it tells of an object without sending it; null: there is none.</summary>
    internal Task<GetObjectMetadataResponse?> HeadAsync(string key, CancellationToken cancellationToken) =>
        AskAsync((s3, stop) => s3.GetObjectMetadataAsync(Name, key, stop), cancellationToken);

    /// <summary>Asks it for something, again where it did not answer. Null: what was asked for is not there.</summary>
    /// <exception cref="I2VException">It refuses, or does not answer for longer than <see cref="Patience"/>.</exception>
    internal async Task<T?> AskAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> question, CancellationToken cancellationToken)
        where T : class
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await question(client.Value, cancellationToken);
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound
                && e.ErrorCode is not ("NoSuchBucket" or "NoSuchUpload"))
            {
                return null;
            }
            catch (Exception e) when (MayPass(e, cancellationToken))
            {
                if (time.GetElapsedTime(began) > Patience)
                {
                    throw Told(e);
                }
                await Task.Delay(pause, time, cancellationToken);
            }
            catch (AmazonServiceException e)
            {
                throw Told(e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
        if (outside is { IsValueCreated: true } && outside != client)
        {
            outside.Value.Dispose();
        }
    }

    private static bool MayPass(Exception fault, CancellationToken asked) => fault switch
    {
        OperationCanceledException => !asked.IsCancellationRequested,
        AmazonServiceException answer => (int)answer.StatusCode is 0 or 408 or 429 or >= 500
            || answer.ErrorCode is "RequestTimeout" or "SlowDown" or "BadDigest" or "XAmzContentSHA256Mismatch" or "IncompleteBody",
        HttpRequestException or IOException or TimeoutException => true,
        AmazonClientException => fault.InnerException is HttpRequestException or IOException or TimeoutException,
        _ => false,
    };

    private I2VException Told(Exception fault) => new(ErrorCode.StorageFull, $"{InWords(fault)} Nothing was lost.", null, fault);

    private string InWords(Exception fault) => (fault as AmazonServiceException)?.ErrorCode switch
    {
        "NoSuchBucket" => $"The object store ({Describe()}) has no such bucket. Make it, or correct I2V__Storage__S3__Bucket.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken" =>
            $"The object store ({Describe()}) refuses the key. Correct I2V__Storage__S3__AccessKey and I2V__Storage__S3__SecretKey and " +
                "start the server again.",
        "AccessDenied" or "AllAccessDisabled" =>
            $"The object store ({Describe()}) does not let this key read, write and remove objects. Grant it s3:GetObject, s3:PutObject, " +
                "s3:DeleteObject, s3:ListBucket and s3:AbortMultipartUpload there.",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
            $"The bucket is in another region than {options.Region}. Set I2V__Storage__S3__Region.",
        "RequestTimeTooSkewed" => "The object store refuses this machine's clock: it is wrong by more than 15 minutes. Set it.",
        "EntityTooLarge" or "QuotaExceeded" or "InsufficientStorage" or "XMinioStorageFull" =>
            $"The object store ({Describe()}) is full. Make room there and ask again.",
        { Length: > 0 } other when (int)((AmazonServiceException)fault).StatusCode is >= 400 and < 500 =>
            $"The object store ({Describe()}) refused ({ForeignText.Line(other, 60)}). Run ./i2v doctor.",
        _ => $"The object store ({Describe()}) did not answer for {Patience.TotalMinutes:0} minutes. See that it runs, and ask again.",
    };

    private AmazonS3Client Client(Uri? address)
    {
        var config = new AmazonS3Config
        {
            // Stores other than Amazon's know neither bucket names as hosts nor checksums after the body.
            ForcePathStyle = address is not null,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 0,
            Timeout = TimeSpan.FromMinutes(5),
        };
        if (address is not null)
        {
            (config.ServiceURL, config.AuthenticationRegion) = (address.AbsoluteUri, options.Region);
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        return options is { AccessKey: { } name, SecretKey: { } key }
            ? new AmazonS3Client(new BasicAWSCredentials(name, key), config)
            : new AmazonS3Client(config);
    }
}
