from django.urls import path

from touchline.today import views

app_name = "today"
urlpatterns = [path("", views.today, name="today")]
