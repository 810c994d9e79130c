@echo off
rem Finds the .NET SDK, builds once after every change, and runs the program. Everything it says goes to stderr.
setlocal
set "root=%~dp0"
set "out=%root%.build\program"
where dotnet >nul 2>nul || (echo The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0 1>&2 & exit /b 1)
if "%1"=="demo" call :ffmpeg || exit /b 1
if "%1"=="doctor" call :ffmpeg || exit /b 1
if "%1"=="test" (
  call :ffmpeg || exit /b 1
  dotnet test "%root%McpI2V.sln" -c Release
  exit /b
)
if "%1"=="simulate" (
  call :ffmpeg || exit /b 1
  dotnet run --project "%root%tests\McpI2V.Simulators" -c Release -- %2 %3 %4 %5 %6 %7 %8 %9
  exit /b
)
powershell -NoProfile -Command "$s='%root%.build\stamp'; if ((Test-Path $s) -and (Test-Path '%out%\mcp-i2v.exe') -and -not (Get-ChildItem '%root%src','%root%Directory.*.props' -Recurse -File | Where-Object { $_.FullName -notmatch '\\(bin|obj)\\' -and $_.LastWriteTime -gt (Get-Item $s).LastWriteTime } | Select-Object -First 1)) { exit 0 } else { exit 1 }" 1>&2
if errorlevel 1 (
  echo Building ^(once^) ... 1>&2
  if not exist "%root%.build" mkdir "%root%.build" 1>&2
  dotnet publish "%root%src\McpI2V" -c Release --use-current-runtime --self-contained false -o "%out%" -nologo -v quiet -p:PublishReadyToRun=true 1>&2 || exit /b 1
  "%out%\mcp-i2v.exe" write-tools 1>&2
  echo built> "%root%.build\stamp"
)
if "%1"=="demo" ("%out%\mcp-i2v.exe" demo --samples "%root%samples") else ("%out%\mcp-i2v.exe" %*)
exit /b %errorlevel%

:ffmpeg
where ffmpeg >nul 2>nul && exit /b 0
where winget >nul 2>nul && winget install --silent --accept-package-agreements --accept-source-agreements Gyan.FFmpeg 1>&2 && exit /b 0
echo Type this once, then open a new window:  winget install Gyan.FFmpeg 1>&2
exit /b 1
